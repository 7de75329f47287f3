package org.posthorn.imap.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.mime.Octets;
import org.posthorn.store.InvalidMailboxName;
import org.posthorn.store.MailboxName;

class WireNameTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "~peter/mail/&U,BTFw-/&ZeVnLIqe- ~peter/mail/\u53f0\u5317/\u65e5\u672c\u8a9e",
        "Entw&APw-rfe Entw\u00fcrfe",
        "A&-B A&B",
        "&2D3cTA- \ud83d\udc4c",
        "inBox INBOX",
      })
  void readsModifiedUtf7(String wire, String path) {
    MailboxName name = WireName.MODIFIED_UTF7.decode(Octets.ascii(wire));
    assertEquals(path, name.path());
    if (!name.isInbox()) {
      assertEquals(wire, WireName.MODIFIED_UTF7.encode(name).asAscii());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A&B", // a shift without end
        "&Jjo!", // a character outside base64 within a shift (RFC 3501 section 5.1.3)
        "&U,BTFw-&ZeVnLIqe-", // a needless shift between (same place)
        "&AEE-", // an ASCII letter shifted
        "&-\u00e9", // octets above 127
        "a//b",
        "/a",
        "a/",
        "",
      })
  void refusesEverythingElse(String wire) {
    assertThrows(InvalidMailboxName.class, () -> WireName.MODIFIED_UTF7.decode(Octets.utf8(wire)));
  }

  @Test
  void createMayEndInADelimiter() {
    assertEquals(
        MailboxName.parse("a/b"), WireName.MODIFIED_UTF7.decodeToCreate(Octets.ascii("a/b/")));
    assertEquals(
        MailboxName.parse("a/b"), WireName.MODIFIED_UTF7.decodeToCreate(Octets.ascii("a/b")));
    assertThrows(
        InvalidMailboxName.class, () -> WireName.MODIFIED_UTF7.decodeToCreate(Octets.ascii("/")));
    assertThrows(
        InvalidMailboxName.class, () -> WireName.MODIFIED_UTF7.decodeToCreate(Octets.ascii("a//")));
  }

  @Test
  void readsUtf8() {
    MailboxName name = WireName.UTF8.decode(Octets.utf8("Entw\u00fcrfe & mehr"));
    assertEquals("Entw\u00fcrfe & mehr", name.path());
    assertEquals(Octets.utf8("Entw\u00fcrfe & mehr"), WireName.UTF8.encode(name));
    Octets latin1 = Octets.of(new byte[] {'a', (byte) 0xe9});
    assertThrows(InvalidMailboxName.class, () -> WireName.UTF8.decode(latin1));
  }

  @Test
  void namesAreInNormalForm() {
    assertEquals(MailboxName.parse("caf\u00e9"), WireName.UTF8.decode(Octets.utf8("cafe\u0301")));
  }

  @Property
  void decodingUndoesEncoding(@ForAll String text) {
    for (WireName form : WireName.values()) {
      MailboxName name;
      try {
        name = MailboxName.of(text);
      } catch (InvalidMailboxName noName) {
        return;
      }
      assertEquals(name, form.decode(form.encode(name)));
    }
  }

  @Property
  void encodingUndoesDecoding(@ForAll byte[] wire) {
    for (WireName form : WireName.values()) {
      String text;
      try {
        text = form.text(Octets.of(wire));
      } catch (InvalidMailboxName malformed) {
        continue;
      }
      assertEquals(Octets.of(wire), form.encode(text));
    }
  }
}
