package org.posthorn.imap.search;

import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Mailbox;
import org.posthorn.store.SearchIndex;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** Asks the store's index which messages may have the texts that a program looks for. */
record IndexCall(SearchIndex index, Mailbox mailbox, SearchProgram program, UidSet messages)
    implements StoreCall<UidSet> {

  @Override
  public UidSet invoke(CallContext context) throws StoreException {
    return program.narrowed(index, mailbox, messages);
  }
}
