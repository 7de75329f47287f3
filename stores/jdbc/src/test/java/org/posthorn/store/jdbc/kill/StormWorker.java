package org.posthorn.store.jdbc.kill;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Appended;
import org.posthorn.store.CopyResult;
import org.posthorn.store.Expunged;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.FlagsResult;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * One thread of the storm. All work in the same mailboxes, each on messages of its own: so the
 * journal of each tells exactly what must be there.
 */
final class StormWorker {
  private static final int ENOUGH = 25;

  private final Account account;
  private final Journal journal;
  private final int worker;
  private final int generation;
  private final Random random;
  private final Map<MailboxName, Mailbox> mailboxes = new HashMap<>();
  private final Map<MailboxName, UidSet> mine = new HashMap<>();
  private int number;

  StormWorker(Account account, Journal journal, int worker, int generation) {
    this.account = account;
    this.journal = journal;
    this.worker = worker;
    this.generation = generation;
    this.random = new Random(31L * generation + worker);
  }

  /** Finds what this worker did before the kill; nobody may change anything meanwhile. */
  void findOwn() throws StoreException {
    for (MailboxName name : StormProcess.MAILBOXES) {
      Mailbox mailbox = account.open(name, Access.WRITE);
      mailboxes.put(name, mailbox);
      UidSet.Builder uids = UidSet.builder();
      for (Found found : Found.in(mailbox)) {
        if (StormMessage.isOf(found.tag(), worker)) {
          uids.add(found.uid());
        }
      }
      mine.put(name, uids.build());
    }
  }

  void run() throws StoreException, IOException {
    while (true) {
      step();
    }
  }

  void step() throws StoreException {
    MailboxName from = any();
    UidSet some = some(from);
    int dice = random.nextInt(10);
    if (some.isEmpty() || dice < 3) {
      append(from);
    } else if (dice < 5) {
      flag(from, some);
    } else if (mine.get(from).size() > ENOUGH || dice == 9) {
      remove(from, some);
    } else if (dice < 7) {
      copy(from, some, any());
    } else {
      move(from, some, any());
    }
  }

  private MailboxName any() {
    return StormProcess.MAILBOXES.get(random.nextInt(StormProcess.MAILBOXES.size()));
  }

  private UidSet some(MailboxName name) {
    UidSet all = mine.get(name);
    UidSet.Builder some = UidSet.builder();
    int share = 2 + random.nextInt(4);
    all.forEachUid(
        uid -> {
          if (random.nextInt(share) == 0) {
            some.add(uid);
          }
        });
    return some.build();
  }

  private void append(MailboxName to) throws StoreException {
    int count = random.nextInt(4) == 0 ? 3 : 1;
    StringBuilder tags = new StringBuilder();
    for (int i = 0; i < count; i++) {
      tags.append(i == 0 ? "" : ",").append(StormMessage.tag(worker, generation, number++));
    }
    journal.write("append " + to.path() + " " + tags);
    try (AppendGroup group = account.beginAppend(to, Optional.empty())) {
      for (String tag : tags.toString().split(",", -1)) {
        IndexingAppend append = new IndexingAppend(group.next(AppendSpec.plain()));
        append.write(ByteBuffer.wrap(StormMessage.octets(tag)));
        append.end();
      }
      Appended appended = group.commit();
      add(to, appended.uids());
      journal.write("done " + appended.uids() + " " + appended.modSeq());
    }
  }

  private void flag(MailboxName in, UidSet uids) throws StoreException {
    String keyword = "k" + random.nextInt(20);
    journal.write("flag " + in.path() + " " + uids + " " + keyword);
    FlagsResult result =
        mailboxes
            .get(in)
            .storeFlags(
                uids, FlagChange.replace(Flags.NONE.withKeyword(keyword)), OptionalLong.empty());
    journal.write("done " + uids + " " + result.modSeq());
  }

  private void copy(MailboxName from, UidSet uids, MailboxName to) throws StoreException {
    journal.write("copy " + from.path() + " " + uids + " " + to.path());
    CopyResult result = mailboxes.get(from).copy(uids, to);
    add(to, result.copies());
    journal.write("done " + result.copies() + " 0");
  }

  private void move(MailboxName from, UidSet uids, MailboxName to) throws StoreException {
    journal.write("move " + from.path() + " " + uids + " " + to.path());
    CopyResult result = mailboxes.get(from).move(uids, to);
    mine.put(from, mine.get(from).minus(uids));
    add(to, result.copies());
    journal.write("done " + result.copies() + " " + result.sourceModSeq());
  }

  private void remove(MailboxName from, UidSet uids) throws StoreException {
    journal.write("remove " + from.path() + " " + uids);
    Expunged result = mailboxes.get(from).remove(uids);
    mine.put(from, mine.get(from).minus(uids));
    journal.write("done " + result.uids() + " " + result.modSeq());
  }

  private void add(MailboxName to, UidSet uids) {
    mine.put(to, mine.get(to).union(uids));
  }
}
