package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.posthorn.store.MailboxName.INBOX;
import static org.posthorn.testkit.store.TestedStore.ALL;
import static org.posthorn.testkit.store.TestedStore.assertRefused;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.posthorn.store.Flags;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.SearchIndex;
import org.posthorn.store.SearchIndex.Scope;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

/** The full-text index, where the store has the facet: what it passes over does not match. */
public interface SearchIndexContract extends ContractPart {
  /** In several encodings and places. */
  List<String> MESSAGES =
      List.of(
          mail("Subject: plain", "", "The quick brown fox"),
          mail("Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe_aus_K=C3=B6ln?=", "", "nothing"),
          mail(
              "Subject: base64",
              "Content-Type: text/plain; charset=utf-8",
              "Content-Transfer-Encoding: base64",
              "",
              "R3LDvMOfZSBhdXMgS8O2bG4="),
          mail(
              "Subject: latin",
              "Content-Type: text/plain; charset=iso-8859-1",
              "Content-Transfer-Encoding: quoted-printable",
              "",
              "K=F6ln am Rh=",
              "ein"),
          mail(
              "Subject: parts",
              "Content-Type: multipart/mixed; boundary=b",
              "",
              "--b",
              "",
              "first part",
              "--b",
              "Content-Type: text/html",
              "X-Odd: inner field",
              "",
              "<p>second part</p>",
              "--b--"),
          mail("Subject: quotes", "", "she said \"a* OR b\" (100%_)"));

  private static String mail(String... lines) {
    return String.join("\r\n", lines) + "\r\n";
  }

  private SearchIndex index() {
    Optional<SearchIndex> index = tested().store().facet(SearchIndex.class);
    assumeTrue(index.isPresent(), "the store has no SearchIndex");
    return index.orElseThrow();
  }

  private Mailbox filled() throws StoreException {
    tested().append(INBOX, Flags.NONE, MESSAGES.toArray(String[]::new));
    Mailbox inbox = tested().open(INBOX);
    // An index that is made by and by gives what it does not know yet.
    for (int i = 0; i < 100 && !found(inbox, Scope.BODY, "in none of them").isEmpty(); i++) {
      Thread.onSpinWait();
    }
    return inbox;
  }

  private UidSet found(Mailbox mailbox, Scope scope, String needle) throws StoreException {
    return index().candidates(mailbox, ALL.intersect(mailbox.snapshot().uids()), scope, needle);
  }

  @Test
  default void textsAreFoundAsTheyRead() throws Exception {
    index();
    Mailbox inbox = filled();
    assertEquals(UidSet.of(1), found(inbox, Scope.BODY, "quick BROWN"));
    assertEquals(UidSet.of(2), found(inbox, Scope.HEADER, "gr\u00fc\u00dfe"));
    assertEquals(UidSet.of(3), found(inbox, Scope.BODY, "GR\u00dc\u00dfE AUS"));
    assertEquals(UidSet.of(2, 3), found(inbox, Scope.TEXT, "gr\u00fc\u00dfe"));
    assertEquals(UidSet.range(3, 4), found(inbox, Scope.BODY, "k\u00f6ln"));
    assertEquals(UidSet.of(4), found(inbox, Scope.BODY, "rhein"));
    assertEquals(UidSet.of(5), found(inbox, Scope.BODY, "second part"));
    assertEquals(UidSet.of(5), found(inbox, Scope.HEADER, "x-odd: inner"));
    assertEquals(UidSet.EMPTY, found(inbox, Scope.BODY, "first part<p>second"));
    assertEquals(UidSet.EMPTY, found(inbox, Scope.BODY, "nowhere"));
  }

  @Test
  default void whatHasAMeaningToAnIndexIsTextLikeAnyOther() throws Exception {
    index();
    Mailbox inbox = filled();
    for (String needle : List.of("\"a* OR b\"", "(100%_)", "a* OR", "said \"a", "100%")) {
      assertEquals(UidSet.of(6), found(inbox, Scope.BODY, needle), needle);
    }
    for (String needle : List.of("body : fox", "fox AND quick", "fox*", "\"\"\"", "' OR 1=1")) {
      assertEquals(UidSet.EMPTY, found(inbox, Scope.BODY, needle), needle);
    }
  }

  @Test
  default void shortNeedlesAndThoseAmongNothingAreNotLookedUp() throws Exception {
    index();
    Mailbox inbox = filled();
    assertEquals(UidSet.range(1, 6), found(inbox, Scope.BODY, "fo"));
    assertEquals(UidSet.EMPTY, index().candidates(inbox, UidSet.EMPTY, Scope.BODY, "quick"));
    assertTrue(index().candidates(inbox, UidSet.of(2), Scope.BODY, "quick brown").isEmpty());
  }

  @Test
  default void copiesAreFoundAndWhatIsGoneIsNot() throws Exception {
    index();
    Mailbox inbox = filled();
    MailboxName name = tested().create("box");
    inbox.copy(UidSet.of(1), name);
    Mailbox box = tested().open(name);
    assertEquals(UidSet.of(1), found(box, Scope.BODY, "quick"));
    inbox.remove(UidSet.of(1));
    assertEquals(UidSet.EMPTY, found(inbox, Scope.BODY, "quick"));
    assertEquals(UidSet.of(1), found(box, Scope.BODY, "quick"));
    box.remove(ALL);
    tested().append(name, Flags.NONE, "Subject: next\r\n\r\nfrees what is left over\r\n");
    assertEquals(UidSet.EMPTY, found(box, Scope.BODY, "quick"));
    tested().account().delete(name);
    assertRefused(Code.NONEXISTENT, () -> index().candidates(box, ALL, Scope.BODY, "quick"));
  }

  @Test
  default void noMessageThatMatchesIsPassedOver() throws Exception {
    index();
    for (int i = 0; i < 200; i++) {
      tested().append(INBOX, Flags.NONE, "Subject: s" + i + "\r\n\r\nword" + i % 7 + " end\r\n");
    }
    Mailbox inbox = tested().open(INBOX);
    for (int n = 0; n < 7; n++) {
      UidSet.Builder expected = UidSet.builder();
      for (int i = n; i < 200; i += 7) {
        expected.add(i + 1);
      }
      UidSet found = found(inbox, Scope.BODY, "word" + n);
      assertTrue(found.containsAll(expected.build()), "word" + n + " in " + found);
    }
  }

  @Test
  default void theIndexSurvivesARestart() throws Exception {
    index();
    Mailbox inbox = filled();
    assertEquals(UidSet.of(1), found(inbox, Scope.BODY, "quick"));
    tested().reopen();
    assertEquals(UidSet.of(1), found(tested().open(INBOX), Scope.BODY, "quick"));
  }
}
