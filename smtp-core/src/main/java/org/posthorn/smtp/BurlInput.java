package org.posthorn.smtp;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.OutputSource;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.StoreException;

/** Moves what a URL named into the message, a slice at a time; the client's input waits. */
final class BurlInput implements SmtpSession.Input {
  private static final int SLICE = 32 << 10;

  private final SmtpSession session;
  private final Content content;
  private final OutputSource source;
  private final boolean last;
  private ByteBuffer slice = ByteBuffer.allocate(0);
  private boolean sourceEnded;

  BurlInput(SmtpSession session, Content content, OutputSource source, boolean last) {
    this.session = session;
    this.content = content;
    this.source = source;
    this.last = last;
  }

  private record Slice(OutputSource source) implements StoreCall<ByteBuffer> {
    /** Empty at the end. */
    @Override
    public ByteBuffer invoke(CallContext context) throws StoreException {
      ByteBuffer into = ByteBuffer.allocate(SLICE);
      int read;
      do {
        read = source.read(into, context);
      } while (read >= 0 && into.hasRemaining());
      return into.flip();
    }

    @Override
    public Lane lane() {
      return source.lane();
    }
  }

  @Override
  public void receive(ByteBuffer in) {
    proceed();
  }

  /** Goes on until a call is outstanding or all is done. */
  void proceed() {
    while (session.wantsInput() && session.input() == this) {
      if (slice.hasRemaining()) {
        content.take(slice);
      } else if (content.refused() != null || sourceEnded) {
        end(content.refused());
      } else {
        session.call(
            new Slice(source),
            octets -> {
              slice = octets;
              sourceEnded = !octets.hasRemaining();
            },
            failure -> {
              session.effects().release(source);
              Burl.fail(session, Burl.verdict(failure));
            });
      }
    }
  }

  private void end(@Nullable Verdict refused) {
    session.effects().release(source);
    if (refused != null) {
      Burl.fail(session, refused);
    } else if (last) {
      content.endOfOctets();
      content.finish();
    } else {
      session.readCommands();
      session.reply(new Verdict(250, "2.5.0", "Waiting for additional BURL or BDAT commands"));
    }
  }

  /** Nothing is waited for from the client meanwhile. */
  @Override
  public long deadline(long lastInput, long lastProgress) {
    return lastProgress + session.limits().commandIdle().toNanos();
  }

  /** The connection is lost, or the transaction over, before all was read. */
  OutputSource source() {
    return source;
  }
}
