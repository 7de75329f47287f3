package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.posthorn.store.Account;
import org.posthorn.store.Flags;
import org.posthorn.store.Mailbox;
import org.posthorn.store.UidSet;

/** Combinations of keywords that share their first thousands of octets and do not compress. */
final class LongKeywords {
  private LongKeywords() {}

  static void check(Account account) throws Exception {
    Random random = new Random(1);
    List<String> shared = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      StringBuilder keyword = new StringBuilder("k");
      while (keyword.length() < 250) {
        keyword.append(Integer.toString(random.nextInt(36), 36));
      }
      shared.add(keyword.toString());
    }
    List<Flags> flags = new ArrayList<>();
    for (String last : List.of("z1", "z2")) {
      List<String> all = new ArrayList<>(shared);
      all.add(last);
      flags.add(Flags.of(Set.of(), all));
    }
    Mail.append(account, Mail.INBOX, flags.get(0), Mail.message("one", 10));
    Mail.append(account, Mail.INBOX, flags.get(1), Mail.message("two", 10));
    Mail.append(account, Mail.INBOX, flags.get(0), Mail.message("three", 10));
    try (Mailbox inbox = Mail.inbox(account)) {
      assertEquals(flags.get(0), Mail.rows(inbox, UidSet.of(1)).get(0).flags());
      assertEquals(flags.get(1), Mail.rows(inbox, UidSet.of(2)).get(0).flags());
      assertEquals(flags.get(0), Mail.rows(inbox, UidSet.of(3)).get(0).flags());
    }
  }
}
