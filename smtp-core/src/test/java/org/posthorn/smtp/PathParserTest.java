package org.posthorn.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathParserTest {
  private static Address forward(String text) throws SmtpSyntaxException {
    PathParser parser = new PathParser(text);
    Address address = parser.forwardPath();
    parser.expectEnd();
    return address;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<a@b.example>|a|b.example",
        " <a@b.example>|a|b.example",
        "<\"a b\"@c>|a b|c",
        "<\"a\\\"b\\\\\"@c>|a\"b\\|c",
        "<a@[192.0.2.1]>|a|[192.0.2.1]",
        "<a@[IPv6:2001:db8::1]>|a|[IPv6:2001:db8::1]",
        "<a@[ipv6:::1]>|a|[ipv6:::1]",
        "<a@[X-net:some.where/else]>|a|[X-net:some.where/else]",
        "<@one.example,@two.example:a@b.example>|a|b.example",
        "<a@b.example.>|a|b.example",
        "<a..b.@c>|a..b.|c",
        "<o'neil+x=y@c_d.example>|o'neil+x=y|c_d.example"
      })
  void readsAddresses(String text, String localPart, String domain) throws Exception {
    assertEquals(new Address(localPart, domain), forward(text));
  }

  @Test
  void postmasterNeedsNoDomain() throws Exception {
    assertEquals(new Address("PostMaster", ""), forward("<PostMaster>"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a@b",
        "<a@b",
        "<a>",
        "<>",
        "<@b>",
        "<a@>",
        "<a@b>x",
        "<a@b c>",
        "<a b@c>",
        "<a@[1.2.3.4>",
        "<a@[]>",
        "<a@[1.2.3]>",
        "<a@[1.2.3.256]>",
        "<a@[1.2.3.4.5]>",
        "<a@[IPv6:1.2.3.4]>",
        "<a@[IPv6:2001:db8::1::2]>",
        "<a@[IPv6:]>",
        "<a@[localhost]>",
        "<a@[x:]>",
        "<a@[x:a b]>",
        "<a@[x:a\\b]>",
        "<\"a@b>",
        "<a@b<c>>",
        "<a@.b>",
        "<a@b,c@d>",
        "<@x a@b>"
      })
  void refusesWhatIsNone(String text) {
    assertThrows(SmtpSyntaxException.class, () -> forward(text));
  }

  @Test
  void nullReversePath() throws Exception {
    assertTrue(new PathParser("<>").reversePath().isNull());
  }

  @Test
  void readsUtf8() throws Exception {
    assertEquals(
        new Address("j\u00fcrgen", "b\u00fccher.example"),
        new PathParser("<j\u00fcrgen@b\u00fccher.example>").forwardPath());
    assertEquals(
        "xn--bcher-kva.example", new Address("x", "B\u00fccher.example").canonicalDomain());
  }

  @Property
  void whatIsWrittenIsReadAgain(@ForAll String localPart) throws Exception {
    Address address;
    try {
      address = new Address(localPart, "example.org");
    } catch (IllegalArgumentException notOne) {
      return;
    }
    if (localPart.length() <= 256) {
      assertEquals(address, Address.parse(address.toString()));
    }
  }

  @Property
  void garbageIsASyntaxErrorAndNothingElse(@ForAll String text) {
    try {
      PathParser parser = new PathParser(text);
      parser.reversePath();
      int count = 0;
      while (parser.parameter() != null) {
        count++;
      }
      assertTrue(count <= text.length());
    } catch (SmtpSyntaxException expected) {
      assertTrue(expected.getMessage() != null);
    }
  }
}
