package org.posthorn.store.jdbc;

import java.nio.file.Path;
import org.posthorn.store.Account;
import org.posthorn.store.Mailbox;
import org.posthorn.store.UidSet;

/** A process that has a directory open and appends and expunges until it is killed. */
public final class ServingProcess {
  private ServingProcess() {}

  static byte[] message(int number) {
    return Mail.message("number " + number, number % 5 == 0 ? 200_000 : 500);
  }

  /** The argument is the directory. */
  public static void main(String[] arguments) throws Exception {
    SqliteStore store = SqliteStore.in(Path.of(arguments[0])).open();
    Account alice = Mail.alice(store);
    Mailbox inbox = Mail.inbox(alice);
    for (int number = 1; ; number++) {
      long uid = Mail.append(alice, message(number)).uids().first();
      if (uid != number) {
        throw new IllegalStateException("UID " + uid);
      }
      if (number == 20) {
        System.out.println("serving");
      }
      if (number > 20) {
        inbox.remove(UidSet.of(number - 15));
      }
    }
  }
}
