package org.posthorn.imap.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailboxName;

class ListPatternTest {

  @ParameterizedTest
  @CsvSource({
    "*, a/b/c, true",
    "%, a, true",
    "%, a/b, false",
    "%/%, a/b, true",
    "%/%, a/b/c, false",
    "a/%, a/b, true",
    "a/%, a, false",
    "a*, a/b/c, true",
    "*c, a/b/c, true",
    "*%*%*, a/b, true",
    "%*, a/b, true",
    "%%, a/b, false",
    "f%o*r, foo/bar, true",
    "f%o, f/o, false",
    "INBOX, INBOX, true",
    "inbox, INBOX, true",
    "iNb%, INBOX, true",
    "in%/Sub, INBOX/Sub, true",
    "in%/sub, INBOX/Sub, false",
    "a/inbox, a/INBOX, false",
    "foo, Foo, false",
    "a/, a, false",
    "a//b, a/b, false",
  })
  void matchesAsRfc9051Section639Says(String pattern, String name, boolean expected) {
    assertEquals(expected, ListPattern.of(pattern).matches(MailboxName.parse(name)));
  }

  @Test
  void everyCharacterCountsBeyondAWord() {
    String half = "x".repeat(100);
    ListPattern pattern = ListPattern.of(half + "%" + half + "*z");
    assertTrue(pattern.matches(MailboxName.parse(half + "yy" + half + "/z")));
    assertFalse(pattern.matches(MailboxName.parse(half + "y/y" + half + "/z")));
    assertFalse(pattern.matches(MailboxName.parse(half + "yy" + half + "/y")));
  }

  @ParameterizedTest
  @CsvSource({
    "'', a/%, a/%",
    "a/, %, a/%",
    "a, b, ab",
    "a/, /b, a/b",
    "'', /b, /b",
    "%, *, *",
  })
  void theReferenceComesFirst(String reference, String pattern, String combined) {
    assertEquals(combined, ListPattern.of(reference, pattern).toString());
  }

  @Test
  void saysWhereToLook() {
    assertEquals(ListQuery.ALL, ListPattern.of("*").query());
    assertEquals(new ListQuery(List.of(), 1, false), ListPattern.of("%").query());
    assertEquals(new ListQuery(List.of("a"), 1, false), ListPattern.of("a/b").query());
    assertEquals(new ListQuery(List.of("a", "b"), 2, false), ListPattern.of("a/b/c%/d").query());
    assertEquals(
        new ListQuery(List.of("INBOX"), Integer.MAX_VALUE, false),
        ListPattern.of("inbox/*").query());
    assertEquals(
        new ListQuery(List.of("a"), Integer.MAX_VALUE, true),
        ListPattern.of("a/%").subscribedQuery());
    assertEquals(new ListQuery(List.of("a"), 1, true), ListPattern.of("a/b").subscribedQuery());
  }

  @Test
  void wildcardsCannotMakeItSlow() {
    List<MailboxName> names = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      names.add(MailboxName.parse("a".repeat(40) + "/" + "a".repeat(40) + "/" + i));
    }
    ListPattern adversary = ListPattern.of("*a%a".repeat(60) + "b");
    ListPattern harmless = ListPattern.of("*%*%*%*%*%*");
    assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          for (MailboxName name : names) {
            assertFalse(adversary.matches(name));
            assertTrue(harmless.matches(name));
          }
        });
  }
}
