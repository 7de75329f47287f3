package org.posthorn.integration;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.posthorn.server.MailServer;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;
import org.posthorn.testkit.transcript.Wire;
import org.posthorn.testkit.transcript.Wires;

/** Connections of a transcript to a server that listens; it ends with them. */
final class SocketWires implements Wires {
  static final String LISTENER = "service";

  /** Directives that need no hold on the engine; {@code deliver} and {@code expunge} are POP3's. */
  static final Set<String> SUPPORTED = Set.of("deliver", "expunge");

  private final MailServer server;
  private final MailStore store;

  SocketWires(MailServer server, MailStore store) {
    this.server = server;
    this.store = store;
  }

  @Override
  public Wire open(int session) throws IOException {
    return new SocketWire(new OctetSocket(server.port(LISTENER)));
  }

  @Override
  public boolean supports(String name) {
    return SUPPORTED.contains(name);
  }

  @Override
  public boolean immediate() {
    return false;
  }

  @Override
  public void directive(String name, String argument) throws IOException {
    String[] words = argument.split(" ", 2);
    try (Account account = store.open(Identity.owner(words[0]))) {
      switch (name) {
        case "deliver" -> deliver(account, words[1].replace("\\n", "\r\n"));
        case "expunge" -> expunge(account, Long.parseLong(words[1]));
        default -> throw new IllegalArgumentException("unknown directive @" + name);
      }
    } catch (StoreException e) {
      throw new IOException(e);
    }
  }

  private static void deliver(Account account, String message) throws StoreException {
    try (AppendGroup group = account.beginAppend(MailboxName.INBOX, Optional.empty())) {
      IndexingAppend append = new IndexingAppend(group.next(AppendSpec.plain()));
      append.write(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
      append.end();
      group.commit();
    }
  }

  private static void expunge(Account account, long uid) throws StoreException {
    try (Mailbox inbox = account.open(MailboxName.INBOX, Access.WRITE)) {
      inbox.remove(UidSet.of(uid));
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    try {
      store.close();
    } catch (StoreException e) {
      throw new IOException(e);
    }
  }
}
