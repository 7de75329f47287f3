package org.posthorn.store.jdbc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxId;
import org.posthorn.store.WatchSpec;

/**
 * A process that watches alice's INBOX: after each hint it says how many messages it sees; told
 * {@code exclusive}, it takes the mailbox for itself; told anything else, it appends a message of
 * that subject. Ends with its input.
 */
public final class PeerProcess {
  private PeerProcess() {}

  /** The argument is the address of the database. */
  public static void main(String[] arguments) throws Exception {
    BlockingQueue<MailboxId> hints = new LinkedBlockingQueue<>();
    try (PostgresStore store = PostgresStore.at(arguments[0]).open();
        Account alice = store.open(Identity.owner(Mail.ALICE));
        Mailbox inbox = Mail.inbox(alice)) {
      AutoCloseable unused = alice.watch(new WatchSpec.Subtree(List.of()), hints::add);
      Thread teller =
          new Thread(
              () -> {
                try {
                  while (true) {
                    hints.take();
                    System.out.println("sees " + inbox.snapshot().uids().size());
                  }
                } catch (Exception e) {
                  System.out.println("failed " + e);
                }
              });
      teller.setDaemon(true);
      teller.start();
      System.out.println("ready");
      BufferedReader in = new BufferedReader(new InputStreamReader(System.in, US_ASCII));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals("exclusive")) {
          alice.open(Mail.INBOX, Access.EXCLUSIVE).info();
          System.out.println("has it");
        } else {
          Mail.append(alice, Mail.message(line, 100));
        }
      }
    }
    System.exit(0);
  }
}
