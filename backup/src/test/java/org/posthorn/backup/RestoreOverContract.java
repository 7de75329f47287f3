package org.posthorn.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.Acl;
import org.posthorn.store.EntryName;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Metadata;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaResource;
import org.posthorn.store.QuotaRoot;
import org.posthorn.store.Quotas;
import org.posthorn.store.Rights;
import org.posthorn.store.Role;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** What is restored besides messages, and over a state that went on, over any store. */
abstract class RestoreOverContract {
  private static final String ANNA = "anna";
  private static final String BERT = "bert";
  private static final String CARL = "carl";
  private static final MailboxName BOX = MailboxName.of("Box");
  private static final EntryName COMMENT = new EntryName("/private/comment");
  private static final EntryName SHARED = new EntryName("/shared/comment");
  private static final EntryName LATER = new EntryName("/private/vendor/later/x");

  @TempDir Path temporary;
  private MailStore store;
  private Backup backup;

  /** An empty store that knows its accounts. */
  abstract MailStore open(Path place) throws StoreException;

  private static Identity admin(String account) {
    return new Identity(account, account, Role.ADMIN);
  }

  private static void grant(MailStore store, MailboxName name, String to, String rights)
      throws StoreException {
    store
        .facet(Acl.class)
        .orElseThrow()
        .set(Identity.owner(ANNA), name, to, Acl.Mode.REPLACE, Rights.parse(rights));
  }

  private static void note(
      MailStore store, String account, MailboxName mailbox, EntryName entry, String value)
      throws StoreException {
    store
        .facet(Metadata.class)
        .orElseThrow()
        .set(
            Identity.owner(account),
            Optional.ofNullable(mailbox),
            Map.of(entry, Optional.of(value.getBytes(StandardCharsets.UTF_8))));
  }

  private static Map<EntryName, byte[]> notes(MailStore store, String account, MailboxName mailbox)
      throws StoreException {
    return store
        .facet(Metadata.class)
        .orElseThrow()
        .get(Identity.owner(account), Optional.of(mailbox));
  }

  private static void limit(MailStore store, long octets) throws StoreException {
    store
        .facet(Quotas.class)
        .orElseThrow()
        .setLimits(
            admin(ANNA),
            QuotaRoot.ofAccount(ANNA),
            QuotaLimits.UNLIMITED.with(QuotaResource.STORAGE, octets));
  }

  @BeforeEach
  void fill() throws StoreException {
    store = open(temporary.resolve("store"));
    backup = Backup.in(temporary.resolve("backup"));
    StoreTarget.create(store, List.of(ANNA, BERT, CARL));
    try (Account account = Mail.open(store, ANNA)) {
      account.create(BOX, Set.of());
      account.subscribe(BOX);
      List<String> keywords = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        keywords.add("keyword" + i);
      }
      Mail.append(account, BOX, Flags.of(Set.of(), keywords), "Subject: one\r\n\r\n");
      Mail.append(account, BOX, Flags.of(Set.of(), keywords.subList(30, 40)), "Subject: 2\r\n\r\n");
    }
    grant(store, BOX, BERT, "lrswi");
    grant(store, BOX, "-" + CARL, "w");
    note(store, ANNA, BOX, COMMENT, "Größe");
    note(store, ANNA, BOX, SHARED, "for all");
    note(store, ANNA, null, COMMENT, "of the account");
    limit(store, 1_000_000);
  }

  @AfterEach
  void close() throws StoreException {
    store.close();
  }

  /** As what others see of it. */
  private MailboxName seenByBert(MailStore in) throws StoreException {
    try (Account account = Mail.open(in, BERT)) {
      return MailboxName.parse(
          account.namespaces().otherUsers().get(0).prefix() + ANNA + "/" + BOX.path());
    }
  }

  @Test
  void rightsMetadataLimitsAndManyKeywordsComeToANewStore() throws Exception {
    note(store, BERT, seenByBert(store), COMMENT, "bert's own");
    try (Account account = Mail.open(store, BERT)) {
      account.subscribe(seenByBert(store));
    }
    assertEquals(Map.of(), backup.all(store, Progress.NONE).failed());
    try (MailStore other = open(temporary.resolve("other"))) {
      StoreTarget.create(other, backup.accounts());
      for (String account : backup.accounts()) {
        assertEquals(List.of(), backup.restore(other, account, Progress.NONE).remarks());
        assertEquals(Mail.of(store, account), Mail.of(other, account));
      }
      String anna = Mail.of(other, ANNA).toString();
      assertTrue(anna.contains("keyword39"), anna);
      assertTrue(anna.contains("/private/comment Größe"), anna);
      assertTrue(anna.contains("bert=lrswi"), anna);
      assertEquals(2, notes(other, BERT, seenByBert(other)).size(), "the shared one and his own");
    }
  }

  @Test
  void whatCameLaterDoesNotSurvive() throws Exception {
    List<String> before = Mail.of(store, ANNA);
    backup.account(store, ANNA, Progress.NONE);
    grant(store, BOX, CARL, "lrswitea");
    grant(store, BOX, "-" + CARL, "");
    grant(store, BOX, BERT, "lr");
    note(store, ANNA, BOX, LATER, "x");
    note(store, ANNA, BOX, COMMENT, "y");
    note(store, ANNA, null, LATER, "x");
    limit(store, 2_000_000);
    try (Account account = Mail.open(store, ANNA)) {
      account.subscribe(MailboxName.INBOX);
      account.unsubscribe(BOX);
    }
    assertFalse(before.equals(Mail.of(store, ANNA)));
    backup.restore(store, ANNA, Progress.NONE);
    assertEquals(before, Mail.of(store, ANNA));
  }

  /** A backup whose second message of a mailbox cannot be read. */
  private record Broken(MailSource whole) implements MailSource {
    @Override
    public List<MailboxRecord> mailboxes() throws IOException, StoreException {
      return whole.mailboxes();
    }

    @Override
    public void messages(MailboxRecord mailbox, Visitor visitor)
        throws IOException, StoreException {
      boolean[] second = {false};
      whole.messages(
          mailbox,
          (row, content) -> {
            if (second[0]) {
              throw new IOException("the disk is gone");
            }
            second[0] = true;
            visitor.message(row, content);
          });
    }

    @Override
    public void close() throws IOException, StoreException {
      whole.close();
    }
  }

  @Test
  void aRestoreThatBreaksOffLeavesTheMailboxAsItWas() throws Exception {
    List<String> saved = Mail.of(store, ANNA);
    backup.account(store, ANNA, Progress.NONE);
    try (Account account = Mail.open(store, ANNA)) {
      Mail.append(account, BOX, Flags.NONE, "Subject: later\r\n\r\n");
      try (Mailbox box = account.open(BOX, Access.WRITE)) {
        box.remove(UidSet.of(1));
      }
    }
    List<String> before = Mail.of(store, ANNA);
    try (MailSource broken = new Broken(backup.source(ANNA));
        MailTarget target = StoreTarget.restoring(store, ANNA)) {
      assertThrows(IOException.class, () -> Transfer.run(ANNA, broken, target, Progress.NONE));
    }
    assertEquals(before, Mail.of(store, ANNA));
    backup.restore(store, ANNA, Progress.NONE);
    assertEquals(saved.size(), Mail.of(store, ANNA).size());
    assertFalse(Mail.of(store, ANNA).toString().contains("later"));
  }

  @Test
  void rightsOfAccountsThatAreMissingAreTold() throws Exception {
    backup.account(store, ANNA, Progress.NONE);
    try (MailStore other = open(temporary.resolve("other"))) {
      other.facet(AccountDirectory.class).orElseThrow().create(BERT);
      List<String> remarks = backup.restore(other, ANNA, Progress.NONE).remarks();
      assertEquals(1, remarks.size(), remarks::toString);
      assertTrue(remarks.get(0).contains("-carl"), remarks::toString);
      assertTrue(Mail.of(other, ANNA).toString().contains("bert=lrswi"));
    }
  }

  @Test
  void anOwnerWhoMayNotReadIsBackedUp() throws Exception {
    grant(store, BOX, ANNA, "la");
    List<String> before = Mail.of(store, ANNA).stream().filter(l -> l.contains("anna=")).toList();
    backup.account(store, ANNA, Progress.NONE);
    backup.restore(store, ANNA, Progress.NONE);
    assertEquals(before, Mail.of(store, ANNA).stream().filter(l -> l.contains("anna=")).toList());
  }

  @Test
  void noUidIsGivenTwice() throws Exception {
    backup.account(store, ANNA, Progress.NONE);
    long uidNext;
    long modSeq;
    try (Account account = Mail.open(store, ANNA);
        Mailbox box = account.open(BOX, Access.WRITE)) {
      Mail.append(account, BOX, Flags.NONE, "Subject: later\r\n\r\n");
      box.remove(UidSet.of(3));
      uidNext = box.snapshot().uidNext();
      modSeq = box.snapshot().highestModSeq();
    }
    assertEquals(4, uidNext);
    backup.restore(store, ANNA, Progress.NONE);
    try (Account account = Mail.open(store, ANNA)) {
      Mail.append(account, BOX, Flags.NONE, "Subject: another\r\n\r\n");
      try (Mailbox box = account.open(BOX, Access.READ)) {
        assertEquals(UidSet.of(1, 2, 4), box.snapshot().uids());
        assertTrue(box.snapshot().highestModSeq() > modSeq);
      }
    }
  }

  @Test
  void aMailboxThatWasRenamedGetsItsNameBack() throws Exception {
    MailboxName below = BOX.child("below");
    try (Account account = Mail.open(store, ANNA)) {
      account.create(below, Set.of());
    }
    List<String> before = Mail.of(store, ANNA);
    backup.account(store, ANNA, Progress.NONE);
    try (Account account = Mail.open(store, ANNA)) {
      account.rename(BOX, MailboxName.of("Old"));
    }
    backup.restore(store, ANNA, Progress.NONE);
    assertEquals(before, Mail.of(store, ANNA));
  }

  @Test
  void whatHasItsNameNowStaysBesideIt() throws Exception {
    backup.account(store, ANNA, Progress.NONE);
    MailboxName old = BOX.child("old");
    try (Account account = Mail.open(store, ANNA)) {
      account.rename(BOX, MailboxName.of("between"));
      account.create(BOX, Set.of());
      Mail.append(account, BOX, Flags.NONE, "Subject: of the new one\r\n\r\n");
      account.rename(MailboxName.of("between"), old);
    }
    backup.restore(store, ANNA, Progress.NONE);
    assertEquals(2, Mail.messages(store, ANNA, BOX).size());
    assertEquals(1, Mail.messages(store, ANNA, MailboxName.of("Box (2)")).size());
  }

  @Test
  void aMailboxWhoseNameIsBelowItsLaterOneGetsThatBack() throws Exception {
    MailboxName below = MailboxName.of("Top", "below");
    try (Account account = Mail.open(store, ANNA)) {
      account.rename(BOX, below);
      backup.account(store, ANNA, Progress.NONE);
      account.rename(below, MailboxName.of("between"));
      account.delete(MailboxName.of("Top"));
      account.rename(MailboxName.of("between"), MailboxName.of("Top"));
    }
    backup.restore(store, ANNA, Progress.NONE);
    assertEquals(2, Mail.messages(store, ANNA, below).size());
  }
}
