package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthorn.store.MailboxName.INBOX;
import static org.posthorn.testkit.store.TestedStore.assertRefused;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.posthorn.store.AccountChanges;
import org.posthorn.store.AccountChanges.Kind;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxInfo.State;
import org.posthorn.store.MailboxName;
import org.posthorn.store.SpecialUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** CREATE, DELETE, LIST and subscriptions. */
public interface NamesContract extends ContractPart {
  private List<String> names() throws StoreException {
    return tested().account().list(ListQuery.ALL).stream().map(info -> info.name().path()).toList();
  }

  private MailboxInfo info(String path) throws StoreException {
    return tested().account().list(ListQuery.ALL).stream()
        .filter(info -> info.name().path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  @Test
  default void createMakesAMailboxAndItsSuperiors() throws Exception {
    MailboxInfo made = tested().account().create(MailboxName.parse("a/b/c"), Set.of());
    assertEquals("a/b/c", made.name().path());
    assertTrue(made.selectable());
    assertEquals(List.of("INBOX", "a", "a/b", "a/b/c"), names());
    assertTrue(info("a").selectable());
    assertTrue(info("a").hasChildren());
    assertFalse(made.hasChildren());
    assertEquals(made, info("a/b/c"));
    assertRefused(Code.ALREADY_EXISTS, () -> tested().create("a"));
    assertRefused(Code.ALREADY_EXISTS, () -> tested().create("inbox"));
  }

  @Test
  default void namesAreInOrderAndAnyUnicode() throws Exception {
    for (String path : List.of("b", "a b", "a/x", "\u65e5\u672c\u8a9e", "a%*\"\\&", "INBOX/i")) {
      tested().create(path);
    }
    List<MailboxName> sorted = names().stream().map(MailboxName::parse).sorted().toList();
    assertEquals(sorted.stream().map(MailboxName::path).toList(), names());
    assertEquals(8, names().size());
  }

  @Test
  default void idsAndUidValiditiesAreUnique() throws Exception {
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      MailboxName name = tested().create("same");
      MailboxInfo info = info("same");
      assertTrue(seen.add(info.uidValidity()), "UIDVALIDITY used twice");
      assertTrue(seen.add(info.id() == null ? "" : info.id()), "MAILBOXID used twice");
      tested().append(name);
      tested().account().delete(name);
    }
    assertEquals(List.of("INBOX"), names());
  }

  @Test
  default void specialUsesAreKept() throws Exception {
    tested().account().create(MailboxName.of("Sent"), Set.of(SpecialUse.SENT));
    assertEquals(Set.of(SpecialUse.SENT), info("Sent").specialUse());
    assertEquals(Set.of(), info("INBOX").specialUse());
  }

  @Test
  default void deleteWithInferiorsLeavesTheName() throws Exception {
    tested().create("a/b");
    tested().append(MailboxName.of("a"));
    tested().account().delete(MailboxName.of("a"));
    assertEquals(List.of("INBOX", "a", "a/b"), names());
    assertEquals(State.NO_SELECT, info("a").state());
    assertNull(info("a").id());
    assertRefused(Code.HAS_CHILDREN, () -> tested().account().delete(MailboxName.of("a")));
    assertRefused(Code.CANNOT, () -> tested().account().status(MailboxName.of("a"), Set.of()));
    tested().create("a");
    assertTrue(info("a").selectable());
    assertTrue(tested().open(MailboxName.of("a")).snapshot().uids().isEmpty());
  }

  @Test
  default void aNameLeftWithoutInferiorsCanBeDeleted() throws Exception {
    tested().create("a/b");
    tested().account().delete(MailboxName.of("a"));
    tested().account().delete(MailboxName.parse("a/b"));
    if (names().contains("a")) {
      tested().account().delete(MailboxName.of("a"));
    }
    assertEquals(List.of("INBOX"), names());
  }

  @Test
  default void deleteRefuses() {
    assertRefused(Code.CANNOT, () -> tested().account().delete(INBOX));
    assertRefused(Code.NONEXISTENT, () -> tested().account().delete(MailboxName.of("none")));
  }

  @Test
  default void listGivesWhatIsBelowAPrefix() throws Exception {
    for (String path : List.of("a/b/c", "ab", "b")) {
      tested().create(path);
    }
    List<String> below =
        tested().account().list(new ListQuery(List.of("a"), 1, false)).stream()
            .map(info -> info.name().path())
            .toList();
    assertTrue(below.contains("a/b"), below.toString());
    List<String> top =
        tested().account().list(new ListQuery(List.of(), 1, false)).stream()
            .map(info -> info.name().path())
            .toList();
    assertTrue(top.containsAll(List.of("INBOX", "a", "ab", "b")), top.toString());
    assertEquals(List.of(), tested().account().list(new ListQuery(List.of("a", "\n"), 9, false)));
  }

  @Test
  default void subscriptionsAreOfNames() throws Exception {
    ListQuery subscribed = new ListQuery(List.of(), Integer.MAX_VALUE, true);
    tested().create("box");
    for (String path : List.of("box", "none/such", "box")) {
      tested().account().subscribe(MailboxName.parse(path));
    }
    List<MailboxInfo> all = tested().account().list(subscribed);
    assertEquals(List.of("box", "none/such"), all.stream().map(i -> i.name().path()).toList());
    assertEquals(State.SELECTABLE, all.get(0).state());
    assertEquals(State.NON_EXISTENT, all.get(1).state());
    assertTrue(all.get(0).subscribed() && all.get(1).subscribed());
    assertTrue(info("box").subscribed());
    assertFalse(info("INBOX").subscribed());
    tested().account().delete(MailboxName.of("box"));
    assertEquals(State.NON_EXISTENT, tested().account().list(subscribed).get(0).state());
    tested().account().unsubscribe(MailboxName.of("box"));
    tested().account().unsubscribe(MailboxName.of("box"));
    assertEquals(1, tested().account().list(subscribed).size());
    assertEquals(List.of("INBOX"), names());
  }

  @Test
  default void accountChangesTellWhatHappened() throws Exception {
    long start = tested().account().changesSince(Long.MAX_VALUE, 1).nextSeq();
    MailboxName box = tested().create("box");
    tested().account().subscribe(box);
    tested().account().subscribe(box);
    MailboxName other = MailboxName.of("other");
    tested().account().rename(box, other);
    tested().account().unsubscribe(box);
    tested().account().delete(other);
    AccountChanges all = tested().account().changesSince(start, 100);
    assertFalse(all.historyLost());
    assertFalse(all.more());
    assertEquals(
        List.of(Kind.CREATED, Kind.SUBSCRIBED, Kind.RENAMED, Kind.UNSUBSCRIBED, Kind.DELETED),
        all.changes().stream().map(AccountChanges.Change::kind).toList());
    assertEquals(other, all.changes().get(2).name());
    assertEquals(box, all.changes().get(2).oldName());
    assertEquals(box, all.changes().get(3).name());
    assertEquals(List.of(), tested().account().changesSince(all.nextSeq(), 100).changes());
    AccountChanges page = tested().account().changesSince(start, 2);
    assertTrue(page.more());
    assertEquals(all.changes().subList(0, 2), page.changes());
    AccountChanges rest = tested().account().changesSince(page.nextSeq(), 100);
    assertEquals(all.changes().subList(2, 5), rest.changes());
    assertNotEquals(start, rest.nextSeq());
  }
}
