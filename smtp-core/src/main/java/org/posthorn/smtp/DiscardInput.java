package org.posthorn.smtp;

import java.nio.ByteBuffer;

/** Drops the octets of a BDAT that cannot be taken, and then says why (RFC 3030 section 2). */
final class DiscardInput implements SmtpSession.Input {
  private final SmtpSession session;
  private final Verdict refusal;
  private final long begun;
  private long left;

  DiscardInput(SmtpSession session, long size, Verdict refusal) {
    this.session = session;
    this.left = size;
    this.refusal = refusal;
    this.begun = session.effects().nanoTime();
  }

  @Override
  public void receive(ByteBuffer in) {
    int dropped = (int) Math.min(left, in.remaining());
    in.position(in.position() + dropped);
    left -= dropped;
    if (left == 0) {
      session.readCommands();
      session.reply(refusal);
    }
  }

  @Override
  public long deadline(long lastInput, long lastProgress) {
    return Patience.ofContent(session.limits(), begun, lastInput);
  }
}
