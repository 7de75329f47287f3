package org.posthorn.protocol.url;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.store.MailboxName;

class ImapUrlTest {

  /** RFC 5092 section 9. */
  @Test
  void theExamplesOfTheRfc() throws ImapUrlException {
    ImapUrl url =
        ImapUrl.parse("imap://minbari.example.org/gray-council;UIDVALIDITY=385759045/;UID=20");
    assertEquals(new ImapUrl.Server(null, null, "minbari.example.org", 0), url.server());
    assertEquals(MailboxName.of("gray-council"), url.mailbox());
    assertEquals(385759045, url.uidValidity());
    assertEquals(20, url.uid());

    url =
        ImapUrl.parse(
            "imap://psicorp.example.org/~peter/%E6%97%A5%E6%9C%AC%E8%AA%9E/%E5%8F%B0%E5%8C%97");
    assertEquals(MailboxName.of("~peter", "\u65e5\u672c\u8a9e", "\u53f0\u5317"), url.mailbox());

    url =
        ImapUrl.parse("imap://;AUTH=GSSAPI@minbari.example.org/gray-council/;uid=20/;section=1.2");
    assertEquals(new ImapUrl.Server(null, "GSSAPI", "minbari.example.org", 0), url.server());
    assertEquals("1.2", url.section());

    url = ImapUrl.parse("imap://;AUTH=*@minbari.example.org/gray%20council?SUBJECT%20shadows");
    assertEquals(MailboxName.of("gray council"), url.mailbox());
    assertEquals("SUBJECT shadows", url.search());

    url =
        ImapUrl.parse(
            "imap://john;AUTH=*@minbari.example.org:1143/babylon5/;UID=20/;PARTIAL=0.1024");
    assertEquals(new ImapUrl.Server("john", "*", "minbari.example.org", 1143), url.server());
    assertEquals(new ImapUrl.Partial(0, 1024), url.partial());
  }

  @Test
  void relativeUrls() throws ImapUrlException {
    ImapUrl url = ImapUrl.parse(";UID=20/;SECTION=1.2");
    assertNull(url.mailbox());
    assertEquals(20, url.uid());
    url = ImapUrl.parse("/foo/;UID=20/;SECTION=HEADER.FIELDS%20(SUBJECT)/;PARTIAL=5");
    assertEquals(MailboxName.of("foo"), url.mailbox());
    assertEquals("HEADER.FIELDS (SUBJECT)", url.section());
    assertEquals(new ImapUrl.Partial(5, Long.MAX_VALUE), url.partial());
    assertEquals("foo", "" + ImapUrl.parse("foo/;UID=1").mailbox());
    assertEquals("//x", ImapUrl.parse("//x").text());
  }

  /** RFC 4467 section 3. */
  @Test
  void authorization() throws ImapUrlException {
    String rump =
        "imap://joe@example.com/INBOX/;uid=20/;section=1.2"
            + ";expire=2012-01-01T00:00:00Z;urlauth=submit+fr%65d";
    ImapUrl unsigned = ImapUrl.parse(rump);
    UrlAuth auth = unsigned.auth();
    assertNotNull(auth);
    assertNull(auth.token());
    assertEquals(new UrlAccess(UrlAccess.Kind.SUBMIT, "fred"), auth.access());
    assertEquals(rump, unsigned.rump());
    ImapUrl signed = ImapUrl.parse(rump + ":internal:91354a473744909de610943775f92038");
    assertEquals(rump, signed.rump());
    auth = signed.auth();
    assertNotNull(auth);
    assertEquals("INTERNAL", auth.mechanism());
    assertEquals("2012-01-01T00:00Z", "" + auth.expire());
    assertTrue(auth.access().admits(new UrlReader("fred", true)));
    assertFalse(auth.access().admits(new UrlReader("fred", false)));
    assertFalse(auth.access().admits(new UrlReader("joe", true)));
  }

  @Test
  void whoIsAdmitted() throws ImapUrlException {
    UrlReader fred = new UrlReader("fred", false);
    UrlReader nobody = new UrlReader(null, false);
    assertTrue(UrlAccess.parse("user+fred").admits(fred));
    assertFalse(UrlAccess.parse("user+fred").admits(nobody));
    assertFalse(UrlAccess.parse("user+joe").admits(fred));
    assertTrue(UrlAccess.parse("AUTHUSER").admits(fred));
    assertFalse(UrlAccess.parse("authuser").admits(nobody));
    assertTrue(UrlAccess.parse("anonymous").admits(nobody));
    assertFalse(UrlAccess.parse("anonymous").admits(new UrlReader("fred", true)));
    assertFalse(UrlAccess.parse("submit+fred").admits(fred));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "imap:foo",
        "imap://",
        "imap:///foo",
        "imap://host:x/",
        "imap://host:70000/",
        "/;UID=1",
        "foo;UID=1",
        "foo/;UID=0",
        "foo/;UID=99999999999",
        "foo/;UID=",
        "foo/;UIDVALIDITY=1",
        "foo/;UID=1;SECTION=1",
        "foo/;SECTION=1/;UID=1",
        "foo/;UID=1/;UID=1",
        "foo/;UID=1/",
        "foo/;UID=1/;SECTION=",
        "foo/;UID=1/;PARTIAL=1.0",
        "foo/;UID=1/;NONSENSE=1",
        "foo/;UID",
        "foo/;UID=1?ALL",
        "foo?",
        "?ALL",
        "foo%2",
        "foo%zz",
        "foo%ff",
        "foo bar",
        "foo\"",
        "a//b",
        "foo/;UID=1;EXPIRE=2012-01-01T00:00:00Z",
        "foo/;UID=1;EXPIRE=tomorrow;URLAUTH=anonymous",
        "foo;URLAUTH=anonymous",
        "foo/;UID=1;URLAUTH=root",
        "foo/;UID=1;URLAUTH=submit+",
        "foo/;UID=1;URLAUTH=anonymous:internal",
        "foo/;UID=1;URLAUTH=anonymous:internal:12",
        "foo/;UID=1;URLAUTH=anonymous::91354a473744909de610943775f92038",
        "foo/;UID=1;URLAUTH=anonymous:internal:x1354a473744909de610943775f92038"
      })
  void brokenUrls(String text) {
    assertThrows(ImapUrlException.class, () -> ImapUrl.parse(text));
  }

  @Test
  void thereIsALimit() {
    String url = "a".repeat(ImapUrl.MAX_LENGTH + 1);
    assertThrows(ImapUrlException.class, () -> ImapUrl.parse(url));
  }

  /** Whatever comes in, it is a URL or it is refused. */
  @Property
  void anythingIsReadOrRefused(@ForAll String text) {
    try {
      ImapUrl.parse(text);
    } catch (ImapUrlException refused) {
      assertNotNull(refused.getMessage());
    }
  }

  /** Pieces of URLs in any order come nearer to the corners. */
  @Property
  void anyPiecesAreReadOrRefused(@ForAll List<@IntRange(max = 15) Integer> choice) {
    String[] pieces = {
      "imap:",
      "//",
      "/",
      "host",
      "user@",
      ";AUTH=",
      "*",
      ";UID=",
      "1",
      ";UIDVALIDITY=",
      ";SECTION=",
      ";PARTIAL=",
      "?",
      ";URLAUTH=",
      "anonymous",
      ":internal:"
    };
    StringBuilder text = new StringBuilder();
    for (int piece : choice) {
      text.append(pieces[piece]);
    }
    anythingIsReadOrRefused(text.toString());
  }

  /** A path that was made is read as it was meant. */
  @Property
  void pathsAreReadAsTheyWereMeant(@ForAll String name, @ForAll @IntRange(min = 1) int uid)
      throws ImapUrlException {
    MailboxName mailbox;
    try {
      mailbox = MailboxName.of("a" + name);
    } catch (IllegalArgumentException e) {
      return;
    }
    ImapUrl url = ImapUrl.parse(ImapUrl.path(mailbox, 7, uid));
    assertEquals(mailbox, url.mailbox());
    assertEquals(7, url.uidValidity());
    assertEquals(uid, url.uid());
  }
}
