package org.posthorn.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MessageIdsTest {

  private static String ids(String value) {
    return String.join(
        " ", MessageIds.parse(Octets.utf8(value)).stream().map(Octets::asUtf8).toList());
  }

  @Test
  void standBetweenAngleBrackets() {
    assertEquals("a@b c@d", ids(" <a@b>\r\n\t<c@d>\r\n"));
  }

  @Test
  void phrasesAndCommentsOfTheObsoleteFormArePassedOver() {
    assertEquals("a@b", ids("Your message of \"<x@y>\" (not <z@z>) <a@b>"));
  }

  @Test
  void whiteSpaceWithinIsLeftOut() {
    assertEquals("a@b", ids("<a\r\n @b>"));
  }

  @Test
  void aQuotedLeftSideMayHoldABracket() {
    assertEquals("\"a>b\"@c", ids("<\"a>b\"@c>"));
    assertEquals("\"a", ids("<\"a>b@c"));
  }

  @Test
  void withoutBracketsWordsWithAnAtSignCount() {
    assertEquals("a@b c@d", ids("a@b and c@d"));
    assertEquals("a@b", ids("<a@b"));
    assertEquals("", ids("none"));
    assertEquals("", ids("<>"));
  }
}
