package org.posthorn.imap.append;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.LiteralReceiver;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Session;
import org.posthorn.imap.append.AppendCalls.Begin;
import org.posthorn.imap.append.AppendCalls.Begun;
import org.posthorn.imap.append.AppendCalls.Commit;
import org.posthorn.imap.append.AppendCalls.Complete;
import org.posthorn.imap.append.AppendCalls.Copy;
import org.posthorn.imap.append.AppendCalls.Next;
import org.posthorn.imap.append.AppendCalls.Write;
import org.posthorn.imap.command.Copies;
import org.posthorn.imap.limit.Allowance;
import org.posthorn.imap.url.MessageUrls;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.LiteralHeader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.protocol.url.ImapUrl;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.IndexingAppend;

/**
 * One APPEND under way. Store and quota agree before the client is told to go on, message by
 * message; nothing is visible before all have come (RFC 3502).
 */
final class AppendReceiver implements LiteralReceiver {
  /** Octets that one call to the store takes. */
  private static final int CHUNK = 64 << 10;

  /** Steps that wait, most often. */
  private static final int FEW = 2;

  private static final ByteBuffer NO_ROOM = ByteBuffer.allocate(0);

  /** What becomes of the literal that comes in. */
  private enum Taking {
    MESSAGE,
    PART,
    URL
  }

  private final AppendTarget target;
  private final AppendParser parser;
  private final Deque<AppendStep> steps = new ArrayDeque<>(FEW);
  private final long limit;
  private Taking taking = Taking.MESSAGE;
  private ByteBuffer chunk = NO_ROOM;
  private boolean binary;
  private long earlier;
  private int messages;
  private @Nullable AppendGroup group;
  private @Nullable IndexingAppend message;

  /**
   * The end of a message waits for the call that follows, so that the store is called once less.
   */
  private @Nullable Write unwritten;

  /** Reads the command up to its first literal. */
  AppendReceiver(Session session, AppendTarget target, AppendParser parser, CommandReader in)
      throws SyntaxException {
    this.target = target;
    this.parser = parser;
    parser.parse(in, steps);
    this.limit = session.service().limits().message();
  }

  @Override
  public void announced(LiteralHeader header, Session session) {
    next(session);
  }

  @Override
  public void further(CommandReader in, LiteralHeader header, Session session)
      throws SyntaxException {
    parser.parse(in, steps);
    next(session);
  }

  @Override
  public void end(CommandReader in, Session session) throws SyntaxException {
    parser.parse(in, steps);
    next(session);
  }

  /** Does one step and those that follow from it, up to a literal or the end. */
  private void next(Session session) {
    AppendStep step = steps.remove();
    if (step instanceof AppendStep.Whole whole) {
      LiteralHeader literal = whole.literal();
      if (fits(session, literal, 0) && isNotEmpty(session, literal)) {
        AppendSpec spec = whole.envelope().spec(limit).withSize(literal.octets());
        begin(session, spec, () -> take(session, Taking.MESSAGE, literal));
      }
    } else if (step instanceof AppendStep.Begin begin) {
      begin(session, begin.envelope().spec(limit), () -> next(session));
    } else if (step instanceof AppendStep.Text text) {
      if (fits(session, text.literal(), message().octets())) {
        take(session, Taking.PART, text.literal());
      }
    } else if (step instanceof AppendStep.UrlLiteral url) {
      if (url.literal().octets() > ImapUrl.MAX_LENGTH) {
        session.no(ResponseCode.TOOBIG, "URL too long");
      } else {
        take(session, Taking.URL, url.literal());
      }
    } else if (step instanceof AppendStep.Url url) {
      copy(session, url.url(), () -> next(session));
    } else if (step instanceof AppendStep.Complete) {
      session.call(
          new Complete(message(), AppendCalls.refusesEightBitHeaders(session)),
          done -> next(session));
    } else {
      commit(session);
    }
  }

  /**
   * @param before octets of the same message that have come
   */
  private boolean fits(Session session, LiteralHeader literal, long before) {
    if (literal.octets() > limit - before) {
      session.no(ResponseCode.TOOBIG, "Messages may have " + limit + " octets");
      return false;
    }
    return true;
  }

  private static boolean isNotEmpty(Session session, LiteralHeader literal) {
    if (literal.octets() == 0) {
      session.no(ResponseCode.CANNOT, "A message cannot be empty");
      return false;
    }
    return true;
  }

  private void begin(Session session, AppendSpec spec, Runnable then) {
    ResponseCode refusal = Allowance.refusalToSave(session, ++messages);
    if (refusal != null) {
      session.no(refusal, "Too many messages in one command");
      return;
    }
    AppendGroup opened = group;
    taking = Taking.PART;
    if (opened == null) {
      session.call(
          new Begin(session.account(), target.name(), target.replaces(), spec),
          begun -> {
            begun(begun);
            then.run();
          },
          why -> Copies.failed(session, why));
    } else {
      earlier += octets();
      session.call(
          new Next(opened, takeUnwritten(), spec),
          next -> {
            message = next;
            then.run();
          });
    }
  }

  private void begun(Begun begun) {
    group = begun.group();
    message = begun.message();
  }

  private void take(Session session, Taking what, LiteralHeader literal) {
    taking = what;
    binary = literal.binary();
    chunk = ByteBuffer.allocate((int) Math.min(CHUNK, literal.octets()));
    session.takeLiteral(literal);
  }

  @Override
  public int sliceSize() {
    return chunk.remaining();
  }

  @Override
  public void octets(ByteBuffer slice, boolean last, Session session) {
    chunk.put(slice);
    if (!last && chunk.hasRemaining()) {
      return;
    }
    chunk.flip();
    if (!binary && hasNul(chunk)) {
      session.bad("NUL in a literal that is not a literal8");
    } else if (taking == Taking.URL) {
      copy(session, StandardCharsets.UTF_8.decode(chunk).toString(), () -> {});
    } else {
      boolean end = last && taking == Taking.MESSAGE;
      boolean ascii = AppendCalls.refusesEightBitHeaders(session);
      Write write = new Write(message(), chunk, end, ascii);
      if (end) {
        unwritten = write;
      } else {
        session.call(write, done -> chunk.clear());
      }
    }
  }

  private static boolean hasNul(ByteBuffer octets) {
    for (int i = 0; i < octets.limit(); i++) {
      if (octets.get(i) == 0) {
        return true;
      }
    }
    return false;
  }

  private void copy(Session session, String url, Runnable then) {
    session.call(
        new Copy(session.account(), MessageUrls.Base.of(session), url, message(), limit),
        usable -> {
          if (usable) {
            then.run();
          } else {
            AppendTarget.badUrl(session, url);
          }
        });
  }

  private void commit(Session session) {
    long octets = earlier + octets();
    AppendGroup complete = group;
    if (complete == null) {
      throw new IllegalStateException("no append is under way");
    }
    session.call(
        new Commit(complete, takeUnwritten()),
        appended -> target.done(session, appended, octets),
        why -> Copies.failed(session, why));
  }

  @Override
  public void abandoned(Session session) {
    AppendGroup left = group;
    if (left != null) {
      group = null;
      session.release(left);
    }
  }

  /** Of the message under way. */
  private long octets() {
    return message().octets() + (unwritten == null ? 0 : unwritten.chunk().remaining());
  }

  private @Nullable Write takeUnwritten() {
    Write waited = unwritten;
    unwritten = null;
    return waited;
  }

  private IndexingAppend message() {
    IndexingAppend begun = message;
    if (begun == null) {
      throw new IllegalStateException("no message is under way");
    }
    return begun;
  }
}
