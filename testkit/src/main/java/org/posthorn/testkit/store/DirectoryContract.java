package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.posthorn.store.MailboxName.INBOX;
import static org.posthorn.testkit.store.TestedStore.assertRefused;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StatusItem;
import org.posthorn.store.StoreException.Code;

/** Facets, and accounts that do not see each other. */
public interface DirectoryContract extends ContractPart {
  private AccountDirectory directory() {
    var directory = tested().store().facet(AccountDirectory.class);
    assumeTrue(directory.isPresent(), "the store has no AccountDirectory");
    return directory.orElseThrow();
  }

  @Test
  default void facetsAreThoseThatAreNamed() {
    for (Class<?> type : tested().store().facets()) {
      assertTrue(tested().store().facet(type).isPresent(), type.getName());
    }
    assertTrue(tested().store().facet(DirectoryContract.class).isEmpty());
    assertEquals(tested().store().facets(), tested().store().facets());
    assertEquals(tested().store().promises(), tested().store().promises());
  }

  @Test
  default void anUnknownAccountIsNonexistent() {
    assertRefused(Code.NONEXISTENT, () -> tested().openAccount("nobody"));
  }

  @Test
  default void aNewAccountHasAnEmptyInboxAndNothingElse() throws Exception {
    tested().createAccount("bob");
    Account bob = tested().openAccount("bob");
    List<MailboxInfo> all = bob.list(ListQuery.ALL);
    assertEquals(List.of(INBOX), all.stream().map(MailboxInfo::name).toList());
    assertTrue(all.get(0).selectable());
    assertEquals(0, bob.status(INBOX, Set.of(StatusItem.MESSAGES)).get(StatusItem.MESSAGES));
    assertEquals("bob", bob.identity().account());
  }

  @Test
  default void accountsDoNotSeeEachOther() throws Exception {
    tested().createAccount("bob");
    tested().append(INBOX);
    tested().create("Alice's");
    Account bob = tested().openAccount("bob");
    assertEquals(1, bob.list(ListQuery.ALL).size());
    assertEquals(0, bob.status(INBOX, Set.of(StatusItem.MESSAGES)).get(StatusItem.MESSAGES));
  }

  @Test
  default void accountsAreCreatedOnce() throws Exception {
    AccountDirectory directory = directory();
    assertFalse(directory.exists("bob"));
    assertTrue(directory.create("bob"));
    assertTrue(directory.exists("bob"));
    assertFalse(directory.create("bob"));
  }

  @Test
  default void anyTextMayNameAnAccount() throws Exception {
    AccountDirectory directory = directory();
    for (String name :
        List.of("a@example.org", "../up", "A", "a", "with space", "m\u00fcller", "nul", "a/b")) {
      assertTrue(directory.create(name), name);
      assertTrue(directory.exists(name), name);
      assertEquals(1, tested().openAccount(name).list(ListQuery.ALL).size(), name);
    }
    assertEquals(9, directory.list("", 100).size());
  }

  @Test
  default void accountsAreListedInPages() throws Exception {
    AccountDirectory directory = directory();
    for (String name : List.of("d", "b", "c", "e")) {
      assertTrue(directory.create(name));
    }
    assertEquals(List.of("alice", "b", "c"), directory.list("", 3));
    assertEquals(List.of("d", "e"), directory.list("c", 3));
    assertEquals(List.of(), directory.list("e", 3));
  }

  @Test
  default void aDeletedAccountIsGoneWithItsMail() throws Exception {
    AccountDirectory directory = directory();
    assertTrue(directory.create("bob"));
    Account bob = tested().openAccount("bob");
    bob.create(MailboxName.of("box"), Set.of());
    assertTrue(directory.delete("bob"));
    assertFalse(directory.delete("bob"));
    assertFalse(directory.exists("bob"));
    assertRefused(Code.NONEXISTENT, () -> tested().openAccount("bob"));
    assertRefused(Code.NONEXISTENT, () -> bob.list(ListQuery.ALL));
    assertTrue(directory.create("bob"));
    assertEquals(1, tested().openAccount("bob").list(ListQuery.ALL).size());
  }
}
