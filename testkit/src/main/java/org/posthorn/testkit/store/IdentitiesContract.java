package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.posthorn.store.MailboxName.INBOX;
import static org.posthorn.testkit.store.TestedStore.ALICE;
import static org.posthorn.testkit.store.TestedStore.ALL;
import static org.posthorn.testkit.store.TestedStore.assertRefused;
import static org.posthorn.testkit.store.TestedStore.row;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.posthorn.store.Access;
import org.posthorn.store.AccountState;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.ObjectIds;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UrlKeys;

/** Threads, mailbox access keys and the life of accounts, each where the store has the facet. */
public interface IdentitiesContract extends ContractPart {
  private <F> F facet(Class<F> type) {
    Optional<F> facet = tested().store().facet(type);
    assumeTrue(facet.isPresent(), "the store has no " + type.getSimpleName());
    return facet.orElseThrow();
  }

  private String threadOf(MailboxName mailbox, long uid) throws Exception {
    Row row = row(tested().open(mailbox), uid, Item.IDS);
    return Optional.ofNullable(row.threadId()).orElseThrow();
  }

  private String threadOf(String header) throws Exception {
    long uid = tested().append(INBOX, Flags.NONE, header + "\r\n\r\n").uids().first();
    return threadOf(INBOX, uid);
  }

  @Test
  default void answersBelongToTheThreadOfWhatTheyAnswer() throws Exception {
    facet(ObjectIds.class);
    String first = threadOf("Message-ID: <1@x>");
    assertTrue(first.matches("[A-Za-z0-9_-]{1,255}"), first);
    assertEquals(first, threadOf("Message-ID: <2@x>\r\nIn-Reply-To: <1@x>"));
    assertEquals(first, threadOf("Message-ID: <3@x>\r\nReferences: <0@x> <1@x>\r\n <2@x>"));
    assertEquals(first, threadOf("Message-ID: <4@x>\r\nIn-Reply-To: the mail <3@x> of yours"));
    assertNotEquals(first, threadOf("Message-ID: <5@x>"));
    assertNotEquals(threadOf("Subject: none"), threadOf("Subject: none"));
  }

  @Test
  default void anAnswerThatComesBeforeItsQuestionIsInItsThread() throws Exception {
    facet(ObjectIds.class);
    String answer = threadOf("Message-ID: <2@x>\r\nReferences: <1@x>");
    assertEquals(answer, threadOf("Message-ID: <1@x>"));
  }

  @Test
  default void copiesStayInTheThreadWhichOutlivesItsFirstMessage() throws Exception {
    facet(ObjectIds.class);
    MailboxName box = tested().create("box");
    String thread = threadOf("Message-ID: <1@x>");
    Mailbox inbox = tested().open(INBOX);
    inbox.copy(ALL, box);
    assertEquals(thread, threadOf(box, 1));
    inbox.remove(ALL);
    assertEquals(thread, threadOf("Message-ID: <2@x>\r\nIn-Reply-To: <1@x>"));
  }

  @Test
  default void accountsDoNotShareThreads() throws Exception {
    facet(ObjectIds.class);
    String thread = threadOf("Message-ID: <1@x>");
    tested().createAccount("bob");
    var bob = tested().openAccount("bob");
    try (var group = bob.beginAppend(INBOX, Optional.empty())) {
      TestedStore.write(group, AppendSpec.plain(), TestedStore.octets("Message-ID: <1@x>\r\n\r\n"));
      group.commit();
    }
    Mailbox inbox = tested().keep(bob.open(INBOX, Access.READ));
    assertNotEquals(thread, row(inbox, 1, Item.IDS).threadId());
  }

  @Test
  default void threadsSurviveARestart() throws Exception {
    facet(ObjectIds.class);
    String thread = threadOf("Message-ID: <1@x>");
    tested().reopen();
    assertEquals(thread, threadOf(INBOX, 1));
    assertEquals(thread, threadOf("Message-ID: <2@x>\r\nIn-Reply-To: <1@x>"));
  }

  @Test
  default void aKeyIsMadeOnceForEachUserAndMailbox() throws Exception {
    UrlKeys keys = facet(UrlKeys.class);
    MailboxName box = tested().create("box");
    Identity alice = Identity.owner(ALICE);
    assertTrue(keys.find(ALICE, INBOX).isEmpty());
    byte[] key = keys.key(alice, INBOX);
    assertEquals(UrlKeys.KEY_OCTETS, key.length);
    assertArrayEquals(key, keys.key(alice, INBOX));
    assertArrayEquals(key, keys.find(ALICE, INBOX).orElseThrow());
    assertFalse(Arrays.equals(key, keys.key(alice, box)));
    assertRefused(Code.NONEXISTENT, () -> keys.key(alice, MailboxName.of("nowhere")));
    assertTrue(keys.find("nobody", INBOX).isEmpty());
    assertTrue(keys.find(ALICE, MailboxName.of("nowhere")).isEmpty());
  }

  @Test
  default void aKeyThatWasResetIsAnother() throws Exception {
    UrlKeys keys = facet(UrlKeys.class);
    MailboxName box = tested().create("box");
    Identity alice = Identity.owner(ALICE);
    byte[] key = keys.key(alice, INBOX);
    byte[] other = keys.key(alice, box);
    keys.reset(alice, INBOX);
    assertFalse(Arrays.equals(key, keys.find(ALICE, INBOX).orElseThrow()));
    assertArrayEquals(other, keys.key(alice, box));
    keys.resetAll(alice);
    assertTrue(keys.find(ALICE, INBOX).isEmpty());
    assertTrue(keys.find(ALICE, box).isEmpty());
  }

  @Test
  default void aKeyStaysWithARenamedMailboxAndGoesWithADeletedOne() throws Exception {
    UrlKeys keys = facet(UrlKeys.class);
    MailboxName box = tested().create("box");
    MailboxName other = MailboxName.of("other");
    byte[] key = keys.key(Identity.owner(ALICE), box);
    tested().account().rename(box, other);
    assertArrayEquals(key, keys.find(ALICE, other).orElseThrow());
    tested().account().delete(other);
    tested().create("other");
    assertTrue(keys.find(ALICE, other).isEmpty());
  }

  @Test
  default void keysSurviveARestart() throws Exception {
    byte[] key = facet(UrlKeys.class).key(Identity.owner(ALICE), INBOX);
    tested().reopen();
    assertArrayEquals(key, facet(UrlKeys.class).find(ALICE, INBOX).orElseThrow());
  }

  @Test
  default void anAccountsLifeIsKnown() throws Exception {
    AccountState state = facet(AccountState.class);
    AccountState.Life life = state.life(ALICE);
    assertEquals(life.created(), life.lastRetrieval());
    Instant later = life.created().plusSeconds(86_400);
    state.retrieved(ALICE, later);
    state.retrieved(ALICE, life.created());
    assertEquals(new AccountState.Life(life.created(), later), state.life(ALICE));
    assertRefused(Code.NONEXISTENT, () -> state.life("nobody"));
    assertRefused(Code.NONEXISTENT, () -> state.retrieved("nobody", later));
  }

  @Test
  default void accountsThatNobodyUsesAreFoundInPages() throws Exception {
    AccountState state = facet(AccountState.class);
    for (String name : List.of("b", "c", "d")) {
      tested().createAccount(name);
    }
    Instant later = state.life(ALICE).created().plusSeconds(86_400);
    state.retrieved("c", later.plusSeconds(1));
    assertEquals(List.of("alice", "b"), state.idleSince(later, "", 2));
    assertEquals(List.of("d"), state.idleSince(later, "b", 2));
    assertEquals(List.of(), state.idleSince(Instant.EPOCH, "", 10));
  }

  @Test
  default void anAccountsLifeSurvivesARestart() throws Exception {
    AccountState state = facet(AccountState.class);
    Instant later = state.life(ALICE).created().plusSeconds(86_400);
    state.retrieved(ALICE, later);
    tested().reopen();
    assertEquals(later, facet(AccountState.class).life(ALICE).lastRetrieval());
  }
}
