package org.posthorn.imap.list;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxInfo.State;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Namespaces;
import org.posthorn.store.Namespaces.Namespace;
import org.posthorn.store.SpecialUse;

class ListingTest {

  private static final Set<ListReturn> ALL = EnumSet.allOf(ListReturn.class);

  private final List<MailboxInfo> mailboxes = new ArrayList<>();

  @Test
  void showsWhatANameIs() {
    add("INBOX", State.SELECTABLE, true, true);
    add("INBOX/Old", State.SELECTABLE, false, false, SpecialUse.TRASH, SpecialUse.ARCHIVE);
    add("foo", State.NO_SELECT, false, true);
    add("gone", State.NON_EXISTENT, true, false);
    assertEquals(
        List.of(
            "INBOX [\\Subscribed, \\HasChildren]",
            "INBOX/Old [\\HasNoChildren, \\Archive, \\Trash]",
            "foo [\\Noselect, \\HasChildren]"),
        text(Listing.list(mailboxes, ListCriteria.basic(ListPattern.of("*"), ALL))));
    assertEquals(
        List.of("INBOX []", "foo [\\Noselect]"),
        text(Listing.list(mailboxes, ListCriteria.basic(ListPattern.of("%"), Set.of()))));
  }

  /** RFC 3501 section 6.3.9. */
  @Test
  void lsubShowsALevelForItsSubscribedInferiors() {
    add("foo", State.SELECTABLE, false, true);
    add("foo/bar", State.SELECTABLE, true, false);
    add("foo/bar/deep", State.NON_EXISTENT, true, false);
    add("other", State.SELECTABLE, true, false);
    add("unsubscribed", State.SELECTABLE, false, false);
    assertEquals(
        List.of("foo [\\Noselect]", "other []"),
        text(Listing.subscribed(mailboxes, ListPattern.of("%"))));
    assertEquals(
        List.of("foo/bar []", "foo/bar/deep []", "other []"),
        text(Listing.subscribed(mailboxes, ListPattern.of("*"))));
    assertEquals(
        List.of("foo/bar []"), text(Listing.subscribed(mailboxes, ListPattern.of("foo/%"))));
    assertEquals(List.of(), text(Listing.subscribed(mailboxes, ListPattern.of("foo"))));
  }

  /** Several patterns are asked for at once, no further down than needed. */
  @Test
  void oneQueryCoversAllPatterns() {
    ListCriteria criteria = criteria("a/b/%", "a/b/c/d", "a/b");
    assertEquals(
        List.of(new ListQuery(List.of("a"), 3, false)), criteria.queries(), criteria::toString);
    assertEquals(
        List.of(new ListQuery(List.of(), Integer.MAX_VALUE, false)),
        criteria("a/*", "b").queries());
    assertEquals(List.of(), criteria().queries());
  }

  private static ListCriteria criteria(String... patterns) {
    return new ListCriteria(
        List.of(patterns).stream().map(ListPattern::of).toList(), Set.of(), Set.of());
  }

  @Test
  void theRootIsTheNamespaceOfTheReference() {
    Namespaces namespaces =
        new Namespaces(
            List.of(new Namespace("")),
            List.of(new Namespace("Other Users/")),
            List.of(new Namespace("Shared/")));
    assertEquals("", Listing.root("", namespaces));
    assertEquals("", Listing.root("foo/bar", namespaces));
    assertEquals("Other Users/", Listing.root("Other Users/fred", namespaces));
    assertEquals("Shared/", Listing.root("Shared/", namespaces));
  }

  private void add(
      String name, State state, boolean subscribed, boolean children, SpecialUse... use) {
    boolean selectable = state == State.SELECTABLE;
    mailboxes.add(
        new MailboxInfo(
            MailboxName.parse(name),
            selectable ? new MailboxId("M" + mailboxes.size()) : null,
            selectable ? 1 : 0,
            state,
            subscribed,
            children,
            Set.of(use)));
  }

  private static List<String> text(Collection<ListEntry> entries) {
    return entries.stream().map(entry -> entry.name() + " " + entry.attributes()).toList();
  }
}
