package org.posthorn.imap.append;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Session;
import org.posthorn.imap.Utf8Accept;
import org.posthorn.imap.url.MessageUrls;
import org.posthorn.mime.Defect;
import org.posthorn.mime.MessageIndex;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.OutputSource;
import org.posthorn.protocol.StoreCall;
import org.posthorn.protocol.url.ImapUrlException;
import org.posthorn.store.Account;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Appended;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Replaced;
import org.posthorn.store.StoreException;

/** The calls of APPEND. */
final class AppendCalls {
  /** Octets that are copied at a time. */
  private static final int CHUNK = 64 << 10;

  private AppendCalls() {}

  /** A message on its way in; closed, its group leaves no trace unless it was committed. */
  record Begun(AppendGroup group, IndexingAppend message) implements AutoCloseable {
    @Override
    public void close() throws StoreException {
      group.close();
    }
  }

  /** Asks whether the first message may come. */
  record Begin(Account account, MailboxName name, Optional<Replaced> replaces, AppendSpec spec)
      implements StoreCall<Begun> {
    @Override
    public Begun invoke(CallContext context) throws StoreException {
      AppendGroup group = account.beginAppend(name, replaces);
      boolean done = false;
      try {
        Begun begun = new Begun(group, new IndexingAppend(group.next(spec)));
        done = true;
        return begun;
      } finally {
        if (!done) {
          group.close();
        }
      }
    }

    @Override
    public Lane lane() {
      return replaces.isEmpty() && account.beginsAppendAtOnce(name) ? Lane.INLINE : Lane.STORE;
    }
  }

  /**
   * Asks whether one more message may come.
   *
   * @param before what is still to be written of the message before
   */
  record Next(AppendGroup group, @Nullable Write before, AppendSpec spec)
      implements StoreCall<IndexingAppend> {
    @Override
    public IndexingAppend invoke(CallContext context) throws StoreException {
      if (before != null) {
        before.invoke(context);
      }
      return new IndexingAppend(group.next(spec));
    }

    @Override
    public Lane lane() {
      return Lane.STORE;
    }
  }

  /**
   * Gives the store some octets, perhaps the last.
   *
   * @param ascii headers with other characters are refused
   */
  record Write(IndexingAppend message, ByteBuffer chunk, boolean last, boolean ascii)
      implements StoreCall<Boolean> {
    @Override
    public Boolean invoke(CallContext context) throws StoreException {
      message.write(chunk);
      if (last) {
        end(message, ascii);
      }
      return true;
    }

    @Override
    public Lane lane() {
      return Lane.STORE;
    }
  }

  /** Ends a message. */
  record Complete(IndexingAppend message, boolean ascii) implements StoreCall<Boolean> {
    @Override
    public Boolean invoke(CallContext context) throws StoreException {
      complete(message, ascii);
      return true;
    }

    @Override
    public Lane lane() {
      return Lane.STORE;
    }
  }

  /** Adds what a URL names; false when the URL is no good. */
  record Copy(
      Account account, MessageUrls.Base base, String url, IndexingAppend message, long limit)
      implements StoreCall<Boolean> {
    @Override
    public Boolean invoke(CallContext context) throws StoreException {
      return copy(account, base, url, message, limit, context);
    }
  }

  /**
   * Makes the messages visible.
   *
   * @param before what is still to be written of the last one
   */
  record Commit(AppendGroup group, @Nullable Write before) implements StoreCall<Appended> {
    @Override
    public Appended invoke(CallContext context) throws StoreException {
      if (before != null) {
        before.invoke(context);
      }
      return group.commit();
    }

    @Override
    public Lane lane() {
      return Lane.STORE;
    }
  }

  /** RFC 3502: a message without an octet cancels the command. */
  static void complete(IndexingAppend message, boolean ascii) throws StoreException {
    if (message.octets() == 0) {
      throw new StoreException(StoreException.Code.CANNOT, "A message cannot be empty");
    }
    end(message, ascii);
  }

  /** Whether RFC 6855 section 4 is kept to the letter for this client. */
  static boolean refusesEightBitHeaders(Session session) {
    return session.service().refusesEightBitHeaders() && !Utf8Accept.isEnabled(session);
  }

  private static void end(IndexingAppend message, boolean ascii) throws StoreException {
    MessageIndex index = message.end();
    if (ascii && index.defects().stream().anyMatch(d -> d.kind() == Defect.Kind.EIGHT_BIT_HEADER)) {
      throw new StoreException(
          StoreException.Code.CANNOT, "Header fields in UTF-8 need ENABLE UTF8=ACCEPT");
    }
  }

  static boolean copy(
      Account account,
      MessageUrls.Base base,
      String url,
      IndexingAppend message,
      long limit,
      CallContext context)
      throws StoreException {
    try (OutputSource source = MessageUrls.open(account, base, url)) {
      if (source.length() > limit - message.octets()) {
        throw new StoreException(
            StoreException.Code.TOO_BIG, "Messages may have " + limit + " octets");
      }
      ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, Math.max(1, source.length())));
      while (source.read(chunk, context) >= 0) {
        if (context.cancelled()) {
          throw new StoreException(StoreException.Code.CANCELLED, "append cancelled");
        }
        chunk.flip();
        message.write(chunk);
        chunk.clear();
      }
      return true;
    } catch (ImapUrlException e) {
      return false;
    } catch (StoreException e) {
      // What the URL names went away meanwhile.
      if (e.code() == StoreException.Code.EXPUNGED) {
        return false;
      }
      throw e;
    } catch (Exception e) {
      throw StoreException.of(e);
    }
  }
}
