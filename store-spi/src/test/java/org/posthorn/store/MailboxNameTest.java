package org.posthorn.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxNameTest {
  @Test
  void inboxIsOneNameInAnyCase() {
    assertEquals(MailboxName.INBOX, MailboxName.parse("inBox"));
    assertTrue(MailboxName.parse("INBOX").isInbox());
    assertEquals("INBOX/a", MailboxName.parse("Inbox/a").path());
    assertEquals("a/inbox", MailboxName.parse("a/inbox").path());
    assertFalse(MailboxName.parse("INBOX/a").isInbox());
    assertNotEquals(MailboxName.INBOX, MailboxName.parse("\u0131nbox"));
    assertNotEquals(MailboxName.parse("Inboxes"), MailboxName.parse("INBOXes"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        "a\u0000",
        "a\nb",
        "\u007f",
        "\u0085",
        "\u2028",
        "\ud800",
        "\udc00",
        "a\udc00b"
      })
  void refuses(String path) {
    assertThrows(InvalidMailboxName.class, () -> MailboxName.parse(path));
  }

  @Test
  void aSegmentHoldsNoDelimiter() {
    assertThrows(InvalidMailboxName.class, () -> MailboxName.of("a/b"));
    assertThrows(InvalidMailboxName.class, () -> MailboxName.of());
    assertThrows(InvalidMailboxName.class, () -> MailboxName.INBOX.child(""));
  }

  @Test
  void isNormalized() {
    assertEquals(MailboxName.parse("\u00e9t\u00e9"), MailboxName.parse("e\u0301te\u0301"));
  }

  @Test
  void limitsOctets() {
    String longest = "\u00e9".repeat(MailboxName.MAX_OCTETS / 2);
    assertEquals(longest, MailboxName.parse(longest).path());
    assertThrows(InvalidMailboxName.class, () -> MailboxName.parse(longest + "a"));
    String four = "\ud83d\ude00".repeat(MailboxName.MAX_OCTETS / 4);
    assertEquals(four, MailboxName.parse(four).path());
    assertThrows(InvalidMailboxName.class, () -> MailboxName.parse(four + "a"));
    // U+0958 becomes longer by NFC.
    String growing = "\u0958".repeat(MailboxName.MAX_OCTETS / 3);
    assertThrows(InvalidMailboxName.class, () -> MailboxName.parse(growing));
  }

  @Test
  void limitsDepth() {
    String deepest = String.join("/", Collections.nCopies(MailboxName.MAX_DEPTH, "a"));
    assertEquals(MailboxName.MAX_DEPTH, MailboxName.parse(deepest).depth());
    assertThrows(InvalidMailboxName.class, () -> MailboxName.parse(deepest + "/a"));
  }

  @Test
  void knowsItsFamily() {
    MailboxName name = MailboxName.parse("a/b/c");
    assertEquals(MailboxName.parse("a/b"), name.parent());
    assertNull(MailboxName.of("a").parent());
    assertEquals(name, MailboxName.parse("a/b").child("c"));
    assertEquals("c", name.last());
    assertTrue(name.startsWith(name));
    assertTrue(name.startsWith(MailboxName.of("a")));
    assertFalse(name.startsWith(MailboxName.of("a", "bb")));
    assertFalse(MailboxName.of("a").startsWith(name));
    assertEquals(
        MailboxName.parse("x/y/c"),
        name.replacePrefix(MailboxName.parse("a/b"), MailboxName.parse("x/y")));
    assertThrows(
        IllegalArgumentException.class,
        () -> name.replacePrefix(MailboxName.of("b"), MailboxName.of("c")));
  }

  @Test
  void inferiorsFollowTheirSuperior() {
    List<MailboxName> sorted =
        new ArrayList<>(
            List.of(
                MailboxName.parse("a b"),
                MailboxName.parse("\ud83d\ude00"),
                MailboxName.parse("\uff5e"),
                MailboxName.parse("a/b"),
                MailboxName.parse("a")));
    Collections.sort(sorted);
    assertEquals(
        List.of("a", "a/b", "a b", "\uff5e", "\ud83d\ude00"),
        sorted.stream().map(MailboxName::path).toList());
  }

  @Property
  void anyTextIsANameOrRefused(@ForAll String text) {
    MailboxName name;
    try {
      name = MailboxName.parse(text);
    } catch (InvalidMailboxName refused) {
      return;
    }
    assertEquals(name, MailboxName.parse(name.path()));
    assertEquals(name, MailboxName.of(name.segments()));
    assertTrue(Normalizer.isNormalized(name.path(), Normalizer.Form.NFC));
    assertTrue(name.path().getBytes(StandardCharsets.UTF_8).length <= MailboxName.MAX_OCTETS);
  }
}
