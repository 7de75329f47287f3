package org.posthorn.pop3;

import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Mailbox;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException;

/** A command of the TRANSACTION state. */
abstract class TransactionCommand implements Pop3Command {
  private final String name;

  TransactionCommand(String name) {
    this.name = name;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final boolean allowed(Pop3State state) {
    return state == Pop3State.TRANSACTION;
  }

  @Override
  public final void run(Pop3Session session, Arguments arguments) throws RefusedException {
    Maildrop maildrop = session.maildrop();
    if (!maildrop.leaseIsOld(session.effects().nanoTime())) {
      run(session, maildrop, arguments);
      return;
    }
    session.call(
        new KeepLease(maildrop.mailbox()),
        kept -> {
          try {
            run(session, maildrop, arguments);
          } catch (RefusedException e) {
            session.refuse(e);
          }
        },
        session::fail);
  }

  /**
   * Some commands never ask the store; a client that sends only those keeps its lock all the same.
   */
  private record KeepLease(Mailbox mailbox) implements StoreCall<Snapshot> {
    @Override
    public Snapshot invoke(CallContext context) throws StoreException {
      return mailbox.snapshot();
    }

    @Override
    public Lane lane() {
      return Lane.STORE;
    }
  }

  abstract void run(Pop3Session session, Maildrop maildrop, Arguments arguments)
      throws RefusedException;
}
