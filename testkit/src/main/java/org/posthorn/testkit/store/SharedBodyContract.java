package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.posthorn.store.MailboxName.INBOX;
import static org.posthorn.testkit.store.TestedStore.ALICE;
import static org.posthorn.testkit.store.TestedStore.assertRefused;
import static org.posthorn.testkit.store.TestedStore.noise;
import static org.posthorn.testkit.store.TestedStore.read;
import static org.posthorn.testkit.store.TestedStore.row;
import static org.posthorn.testkit.store.TestedStore.write;

import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.posthorn.mime.MessageIndex;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MessageContent;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaResource;
import org.posthorn.store.QuotaRoot;
import org.posthorn.store.Quotas;
import org.posthorn.store.Role;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** Messages with the octets of another one, whether or not the store shares them. */
public interface SharedBodyContract extends ContractPart {
  private long append(byte[] message) throws StoreException {
    try (AppendGroup group = tested().beginAppend(INBOX)) {
      write(group, AppendSpec.plain().withSize(message.length), message);
      return group.commit().uids().first();
    }
  }

  private long appendLike(Account account, AppendSpec spec, MessageContent like, byte[] message)
      throws StoreException {
    try (AppendGroup group = account.beginAppend(INBOX, Optional.empty())) {
      group.nextLike(spec, like, MessageIndex.of(message));
      return group.commit().uids().first();
    }
  }

  @Test
  default void aMessageLikeAnotherHasItsOctetsAndNothingElseOfIt() throws Exception {
    byte[] message = noise(200_000, 1);
    long uid = append(message);
    Mailbox inbox = tested().open(INBOX);
    Flags flags = Flags.of(SystemFlag.FLAGGED);
    OffsetDateTime date = OffsetDateTime.parse("2020-01-02T03:04:05+02:00");
    AppendSpec spec = AppendSpec.plain().withFlags(flags).withInternalDate(date);
    long like;
    try (MessageContent content = inbox.content(uid)) {
      like = appendLike(tested().account(), spec, content, message);
      assertArrayEquals(message, read(content));
    }
    inbox.remove(UidSet.of(uid));
    Row row = row(inbox, like, Item.SIZE, Item.INTERNAL_DATE, Item.INDEX);
    assertEquals(flags, row.flags());
    assertEquals(date, row.internalDate());
    assertEquals(message.length, row.size());
    MessageIndex index = row.index();
    assertArrayEquals(
        MessageIndex.of(message).encode(), index == null ? new byte[0] : index.encode());
    assertArrayEquals(message, read(inbox, like));
  }

  @Test
  default void theOctetsOutliveTheAccountThatHadThemFirst() throws Exception {
    byte[] message = noise(100_000, 2);
    long uid = append(message);
    tested().createAccount("bob");
    Account bob = tested().openAccount("bob");
    Mailbox inbox = tested().open(INBOX);
    long like;
    try (MessageContent content = inbox.content(uid)) {
      like = appendLike(bob, AppendSpec.plain(), content, message);
    }
    inbox.remove(UidSet.of(uid));
    tested().append(INBOX);
    Mailbox bobs = tested().keep(bob.open(INBOX, Access.WRITE));
    assertArrayEquals(message, read(bobs, like));
    bobs.remove(UidSet.of(like));
    assertTrue(bobs.snapshot().uids().isEmpty());
  }

  /** Where the store lets others share what is not visible yet. */
  @Test
  default void whatIsStagedCanBeSharedWhateverBecomesOfIt() throws Exception {
    byte[] message = noise(100_000, 3);
    tested().createAccount("bob");
    Account bob = tested().openAccount("bob");
    AppendGroup first = tested().beginAppend(INBOX);
    AppendGroup second = tested().keep(bob.beginAppend(INBOX, Optional.empty()));
    IndexingAppend append = new IndexingAppend(first.next(AppendSpec.plain()));
    append.write(ByteBuffer.wrap(message));
    MessageIndex index = append.end();
    Optional<MessageContent> staged = append.content();
    if (staged.isPresent()) {
      try (MessageContent content = staged.get()) {
        second.nextLike(AppendSpec.plain(), content, index);
      }
    } else {
      write(second, AppendSpec.plain(), message);
    }
    first.close();
    long like = second.commit().uids().first();
    assertTrue(tested().open(INBOX).snapshot().uids().isEmpty());
    assertArrayEquals(message, read(tested().keep(bob.open(INBOX, Access.READ)), like));
  }

  @Test
  default void aHeldBodyIsLentAfterItsMessageWentOrIsSaidToBeExpunged() throws Exception {
    byte[] message = noise(300_000, 4);
    long uid = append(message);
    Mailbox inbox = tested().open(INBOX);
    try (MessageContent held = inbox.content(uid)) {
      inbox.remove(UidSet.of(uid));
      tested().append(INBOX);
      try {
        long like = appendLike(tested().account(), AppendSpec.plain(), held, message);
        assertArrayEquals(message, read(inbox, like));
      } catch (StoreException gone) {
        assertEquals(Code.EXPUNGED, gone.code());
      }
    }
  }

  @Test
  default void octetsThatAreGoneAreRefusedAndTheGroupGoesOn() throws Exception {
    byte[] message = noise(1_000, 5);
    MessageContent gone = new GoneContent(message.length);
    try (AppendGroup group = tested().beginAppend(INBOX)) {
      assertRefused(
          Code.EXPUNGED, () -> group.nextLike(AppendSpec.plain(), gone, MessageIndex.of(message)));
      write(group, AppendSpec.plain(), message);
      assertEquals(1, group.commit().uids().size());
    }
    Mailbox inbox = tested().open(INBOX);
    assertEquals(1, inbox.snapshot().uids().size());
    assertArrayEquals(message, read(inbox, inbox.snapshot().uids().first()));
  }

  @Test
  default void aSharedBodyCountsForEachMessage() throws Exception {
    Optional<Quotas> quotas = tested().store().facet(Quotas.class);
    assumeTrue(quotas.isPresent(), "the store has no Quotas");
    Identity admin = new Identity(ALICE, "postmaster", Role.ADMIN);
    String root = QuotaRoot.ofAccount(ALICE);
    quotas
        .orElseThrow()
        .setLimits(admin, root, QuotaLimits.UNLIMITED.with(QuotaResource.STORAGE, 250));
    byte[] message = noise(100, 6);
    long uid = append(message);
    try (MessageContent content = tested().open(INBOX).content(uid)) {
      appendLike(tested().account(), AppendSpec.plain(), content, message);
      assertEquals(200, quotas.get().root(admin, root).used().storage());
      assertRefused(
          Code.OVER_QUOTA,
          () -> appendLike(tested().account(), AppendSpec.plain(), content, message));
    }
    assertEquals(2, tested().open(INBOX).snapshot().uids().size());
  }

  @Test
  default void aSharedBodyIsHeldToTheLimitOfSize() throws Exception {
    byte[] message = noise(1_000, 7);
    long uid = append(message);
    try (MessageContent content = tested().open(INBOX).content(uid)) {
      assertRefused(
          Code.TOO_BIG,
          () ->
              appendLike(tested().account(), AppendSpec.plain().withLimit(999), content, message));
    }
  }
}
