package org.posthorn.smtp;

import java.nio.ByteBuffer;

/** Reads the octets of one BDAT (RFC 3030 section 2). */
final class BdatInput implements SmtpSession.Input {
  private final SmtpSession session;
  private final Content content;
  private final long size;
  private final boolean last;
  private final long begun;
  private long left;

  BdatInput(SmtpSession session, Content content, long size, boolean last) {
    this.session = session;
    this.content = content;
    this.size = size;
    this.last = last;
    this.left = size;
    this.begun = session.effects().nanoTime();
  }

  @Override
  public void receive(ByteBuffer in) {
    int limit = in.limit();
    int before = in.position();
    in.limit((int) Math.min(limit, before + left));
    content.take(in);
    in.limit(limit);
    left -= in.position() - before;
    if (left == 0 && session.wantsInput()) {
      end();
    }
  }

  private void end() {
    if (last) {
      content.endOfOctets();
      content.finish();
      return;
    }
    session.readCommands();
    Verdict refused = content.refused();
    if (refused == null) {
      session.reply(new Verdict(250, "2.0.0", size + " octets received"));
    } else {
      session.resetTransaction();
      session.reply(refused);
    }
  }

  @Override
  public long deadline(long lastInput, long lastProgress) {
    return Patience.ofContent(session.limits(), begun, lastInput);
  }
}
