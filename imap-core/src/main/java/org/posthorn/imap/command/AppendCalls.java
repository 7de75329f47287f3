package org.posthorn.imap.command;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Account;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Appended;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;

/** The calls of APPEND. */
final class AppendCalls {
  private AppendCalls() {}

  /** A message on its way in; closed, it leaves no trace unless it was committed. */
  record Begun(AppendGroup group, IndexingAppend message) implements AutoCloseable {
    @Override
    public void close() throws StoreException {
      group.close();
    }
  }

  /** Asks whether the message may come. */
  record Begin(Account account, MailboxName name, AppendSpec spec) implements StoreCall<Begun> {
    @Override
    public Begun invoke(CallContext context) throws StoreException {
      AppendGroup group = account.beginAppend(name, Optional.empty());
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
  }

  /** Gives the store some octets. */
  record Write(Begun begun, ByteBuffer chunk) implements StoreCall<Done> {
    @Override
    public Done invoke(CallContext context) throws StoreException {
      begun.message().write(chunk);
      return Done.DONE;
    }
  }

  /** Makes the message visible. */
  record Commit(Begun begun) implements StoreCall<Appended> {
    @Override
    public Appended invoke(CallContext context) throws StoreException {
      begun.message().end();
      return begun.group().commit();
    }
  }
}
