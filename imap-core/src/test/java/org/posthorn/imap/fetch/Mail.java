package org.posthorn.imap.fetch;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.protocol.CallContext;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;
import org.posthorn.store.memory.MemoryStore;

/** An INBOX in memory, for tests of what reads messages. */
public final class Mail {

  private final Account account;
  private final Mailbox inbox;

  /** An empty one. */
  public Mail() throws StoreException {
    account = MemoryStore.withAccounts("fred").open(Identity.owner("fred"));
    inbox = account.open(MailboxName.INBOX, Access.WRITE);
  }

  public Mailbox inbox() {
    return inbox;
  }

  public UidSet view() throws StoreException {
    return inbox.snapshot().uids();
  }

  /** Adds a message of that text, one octet a character. */
  public Mail add(String message) throws StoreException {
    return add(message.getBytes(StandardCharsets.ISO_8859_1), AppendSpec.plain());
  }

  public Mail add(byte[] message, AppendSpec spec) throws StoreException {
    try (AppendGroup group = account.beginAppend(MailboxName.INBOX, Optional.empty())) {
      IndexingAppend append = new IndexingAppend(group.next(spec));
      append.write(ByteBuffer.wrap(message));
      append.end();
      group.commit();
    }
    return this;
  }

  /** The responses to a FETCH of all messages, page after page. */
  public String fetch(String items) throws StoreException, SyntaxException {
    return fetch(items, FetchCall.DEFAULT_OCTETS);
  }

  public String fetch(String items, long octets) throws StoreException, SyntaxException {
    FetchProgram program = FetchParser.parse(CommandReader.of(items), StandardItems.KEYWORDS);
    StringBuilder text = new StringBuilder();
    UidSet view = view();
    UidSet left = view;
    while (!left.isEmpty()) {
      FetchPage page =
          new FetchCall(inbox, program, FetchView.of(view, UidSet.EMPTY), left, true, octets)
              .invoke(CallContext.NONE);
      for (FetchOutput.Piece piece : page.output()) {
        text.append(text(piece));
      }
      left = page.next() == 0 ? UidSet.EMPTY : left.clamp(page.next(), UidSet.MAX_UID);
    }
    return text.toString();
  }

  static String text(FetchOutput.Piece piece) throws StoreException {
    if (piece instanceof FetchOutput.Bytes bytes) {
      return StandardCharsets.ISO_8859_1.decode(bytes.octets()).toString();
    }
    StringBuilder text = new StringBuilder();
    try (var source = ((FetchOutput.Stream) piece).source()) {
      ByteBuffer into = ByteBuffer.allocate(1000);
      while (source.read(into.clear(), CallContext.NONE) >= 0) {
        text.append(StandardCharsets.ISO_8859_1.decode(into.flip()));
      }
    }
    return text.toString();
  }
}
