package org.posthorn.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModifiedUtf7Test {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "~peter/mail/\u53f0\u5317/\u65e5\u672c\u8a9e | ~peter/mail/&U,BTFw-/&ZeVnLIqe-",
        "Entw\u00fcrfe | Entw&APw-rfe",
        "R&D | R&-D",
        "\ud83d\ude00 | &2D3eAA-",
        "'' | ''",
      })
  void bothWays(String name, String encoded) {
    assertEquals(encoded, ModifiedUtf7.encode(name));
    assertEquals(name, ModifiedUtf7.decode(Octets.ascii(encoded)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "&",
        "&AOQ",
        "&Jjo!",
        "&U,BTFw-&ZeVnLIqe-",
        "&AGE-",
        "a\u0007",
        "&A-",
        "&AA-",
        "&AOR-",
        "&2D0-",
        "&AOQ/-",
        "&AOQ=-"
      })
  void malformedIsRefused(String encoded) {
    assertNull(ModifiedUtf7.decode(Octets.ascii(encoded)));
  }

  @Test
  void eightBitIsRefused() {
    assertNull(ModifiedUtf7.decode(Octets.utf8("\u00fc")));
  }

  @Test
  void unpairedSurrogatesCannotBeWritten() {
    assertThrows(IllegalArgumentException.class, () -> ModifiedUtf7.encode("\ud83d"));
    assertThrows(IllegalArgumentException.class, () -> ModifiedUtf7.encode("\ude00\ud83d"));
  }

  @Property
  void everyNameComesBack(@ForAll String name) {
    Assume.that(name.codePoints().noneMatch(c -> c >= 0xd800 && c < 0xe000));
    assertEquals(name, ModifiedUtf7.decode(Octets.ascii(ModifiedUtf7.encode(name))));
  }

  @Property
  void whatIsAcceptedIsCanonical(@ForAll byte[] octets) {
    Octets encoded = Octets.of(octets);
    String name = ModifiedUtf7.decode(encoded);
    if (name != null) {
      assertEquals(encoded, Octets.ascii(ModifiedUtf7.encode(name)));
    }
  }
}
