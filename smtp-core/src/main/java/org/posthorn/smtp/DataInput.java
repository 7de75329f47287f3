package org.posthorn.smtp;

import java.nio.ByteBuffer;

/** Reads content after 354, up to the dot. */
final class DataInput implements SmtpSession.Input {
  private final SmtpSession session;
  private final Content content;
  private final long begun;

  DataInput(SmtpSession session, Content content) {
    this.session = session;
    this.content = content;
    this.begun = session.effects().nanoTime();
  }

  @Override
  public void receive(ByteBuffer in) {
    content.take(in);
    if (content.ended() && session.wantsInput()) {
      content.finish();
    }
  }

  @Override
  public long deadline(long lastInput, long lastProgress) {
    return Patience.ofContent(session.limits(), begun, lastInput);
  }
}
