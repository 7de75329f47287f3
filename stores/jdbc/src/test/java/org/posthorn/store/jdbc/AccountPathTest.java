package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

class AccountPathTest {
  @Example
  void ordinaryNamesStayReadable() {
    assertEquals("alice@example.org.db", AccountPath.fileName("alice@example.org"));
    assertEquals("%41lice.db", AccountPath.fileName("Alice"));
    assertEquals("%2e%2e.db", AccountPath.fileName(".."));
    assertEquals("%2e.%2f..%2fetc.db", AccountPath.fileName("../../etc"));
  }

  @Example
  void longNamesAreCutAndStayDifferent() {
    String first = AccountPath.fileName("a".repeat(500) + "1");
    String second = AccountPath.fileName("a".repeat(500) + "2");
    assertNotEquals(first, second);
    assertTrue(first.length() < 200, first);
  }

  @Property
  void namesThatDifferHaveFilesThatDifferInMoreThanCase(
      @ForAll @StringLength(min = 1, max = 80) @CharRange(from = ' ', to = 'z') String one,
      @ForAll @StringLength(min = 1, max = 80) @CharRange(from = ' ', to = 'z') String other) {
    Assume.that(!one.equals(other));
    assertNotEquals(
        AccountPath.fileName(one).toLowerCase(Locale.ROOT),
        AccountPath.fileName(other).toLowerCase(Locale.ROOT));
  }

  @Property
  void anyNameHasASafeFile(@ForAll @StringLength(min = 1, max = 300) String name) {
    String file = AccountPath.fileName(name);
    assertTrue(file.matches("[a-z0-9@_%-][a-z0-9@_%.-]*\\.db"), file);
    assertTrue(file.length() <= 200, file);
  }
}
