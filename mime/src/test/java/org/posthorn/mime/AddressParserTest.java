package org.posthorn.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "user@domain | (NIL NIL \"user\" \"domain\")",
        "Real Name <user@domain> | (\"Real Name\" NIL \"user\" \"domain\")",
        "user@domain (Real Name) | (\"Real Name\" NIL \"user\" \"domain\")",
        "\"Last, First\" <a@b> | (\"Last, First\" NIL \"a\" \"b\")",
        "\"q\\\"uote\" x <a@b> | (\"q\"uote x\" NIL \"a\" \"b\")",
        "John Q. Public <a@b> | (\"John Q. Public\" NIL \"a\" \"b\")",
        "a@b.c <a@b.c> | (\"a@b.c\" NIL \"a\" \"b.c\")",
        "<@route:user@domain> | (NIL \"@route\" \"user\" \"domain\")",
        "x <@r1, @r2:user@domain> | (\"x\" \"@r1,@r2\" \"user\" \"domain\")",
        "\"john doe\"@example.org | (NIL NIL \"john doe\" \"example.org\")",
        "\"a@b\"@c | (NIL NIL \"a@b\" \"c\")",
        "a@[192.0.2.1] | (NIL NIL \"a\" \"[192.0.2.1]\")",
        "a @ b . c | (NIL NIL \"a\" \"b.c\")",
        "(c1) a (c2) @ (c3) b | (\"c1 c2 c3\" NIL \"a\" \"b\")",
        "(n(est)ed) a@b | (\"n(est)ed\" NIL \"a\" \"b\")",
        "(n\\)x) a@b | (\"n)x\" NIL \"a\" \"b\")",
        "a@b, , c@d | (NIL NIL \"a\" \"b\")(NIL NIL \"c\" \"d\")",
        "undisclosed-recipients:; | (NIL NIL \"undisclosed-recipients\" NIL)(NIL NIL NIL NIL)",
        "My Group: a@b, X <c@d>; | (NIL NIL \"My Group\" NIL)(NIL NIL \"a\" \"b\")(\"X\" NIL \"c\""
            + " \"d\")(NIL NIL NIL NIL)",
        "g: a@b, c@d | (NIL NIL \"g\" NIL)(NIL NIL \"a\" \"b\")(NIL NIL \"c\" \"d\")(NIL NIL NIL"
            + " NIL)",
        "g: <a@b;, x@y | (NIL NIL \"g\" NIL)(NIL NIL \"a\" \"b\")(NIL NIL NIL NIL)(NIL NIL \"x\""
            + " \"y\")",
        "<Undisclosed:;@b> | (NIL NIL \"Undisclosed:;\" \"b\")",
        "<undisclosed:@b;>, <c@d> | (NIL NIL \"undisclosed:\" \"b;\")(NIL NIL \"c\" \"d\")",
        "Bob <a@b> Eve <c@d> | (\"Bob\" NIL \"a\" \"b\")(\"Eve\" NIL \"c\" \"d\")",
        "<a@b> (n) <c@d> | (\"n\" NIL \"a\" \"b\")(NIL NIL \"c\" \"d\")",
        "g: <a@b> <c@d>; | (NIL NIL \"g\" NIL)(NIL NIL \"a\" \"b\")(NIL NIL \"c\" \"d\")(NIL NIL"
            + " NIL NIL)",
        "local | (NIL NIL \"local\" \"\")",
        "<> | (NIL NIL \"\" \"\")",
        "Name <a@b | (\"Name\" NIL \"a\" \"b\")",
        "Name <a@b, c@d | (\"Name\" NIL \"a\" \"b\")(NIL NIL \"c\" \"d\")",
        "<a@b> Name | (\"Name\" NIL \"a\" \"b\")",
        "=?utf-8?q?J=C3=BC?= <a@b> | (\"=?utf-8?q?J=C3=BC?=\" NIL \"a\" \"b\")",
        "\"unclosed <a@b> | (NIL NIL \"unclosed <a@b>\" \"\")",
        "a@b (unclosed | (\"unclosed\" NIL \"a\" \"b\")",
        "a@b; c@d | (NIL NIL \"a\" \"b\")(NIL NIL \"c\" \"d\")",
        "'' | (NIL NIL \"''\" \"\")",
      })
  void addresses(String value, String expected) {
    assertEquals(expected, Structure.addresses(AddressParser.parse(Octets.ascii(value))));
  }

  @ParameterizedTest
  @CsvSource({"''", "' '", "','", "'(c)'", "';'", "'\"\"'"})
  void nothing(String value) {
    assertEquals(List.of(), AddressParser.parse(Octets.ascii(value)));
  }

  @Property
  void anythingCanBeRead(
      @ForAll
          @StringLength(max = 60)
          @Chars({'a', '@', ',', ';', ':', '<', '>', '(', ')', '"', '\\', ' ', '.', '\r', '\n'})
          String value) {
    List<MailAddress> addresses = AddressParser.parse(Octets.ascii(value));
    int depth = 0;
    for (MailAddress address : addresses) {
      depth += address.isGroupStart() ? 1 : address.isGroupEnd() ? -1 : 0;
      assertTrue(depth == 0 || depth == 1);
    }
    assertEquals(0, depth);
    assertTrue(addresses.size() <= value.length() * 2);
    String shown = Structure.addresses(addresses);
    assertTrue(shown.indexOf('\r') < 0 && shown.indexOf('\n') < 0);
  }
}
