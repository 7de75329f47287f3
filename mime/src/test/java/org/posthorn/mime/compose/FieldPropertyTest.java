package org.posthorn.mime.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.posthorn.mime.Address;
import org.posthorn.mime.Octets;
import org.posthorn.mime.message.Header;
import org.posthorn.mime.message.HeaderField;
import org.posthorn.mime.message.Message;

/** What is written into a field is what a reader finds in it. */
class FieldPropertyTest {

  /** Texts of words, spaces, long words, characters above ASCII and what looks like encoded. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "word",
            " ",
            "  ",
            "\t",
            "é",
            "日本",
            "😀",
            "=?utf-8?Q?x?=",
            "=?",
            "\"",
            "\\",
            ",",
            "<>",
            ";",
            "'",
            "*",
            "%",
            "(",
            "x".repeat(70),
            "y".repeat(1000),
            " ".repeat(80),
            "\u007f",
            "@",
            ":",
            "a.b",
            "_",
            "?=",
            "=")
        .list()
        .ofMaxSize(25)
        .map(pieces -> String.join("", pieces));
  }

  private static HeaderField read(OutgoingField field, OutputForm form) throws Exception {
    byte[] octets = field.octets(form);
    for (String line : new String(octets, StandardCharsets.UTF_8).split("\r\n", -1)) {
      assertTrue(line.getBytes(StandardCharsets.UTF_8).length <= 998, line);
    }
    byte[] message =
        (new String(octets, StandardCharsets.UTF_8) + "\r\n").getBytes(StandardCharsets.UTF_8);
    Written.check(message, form);
    Header header = Message.of(message).header();
    assertEquals(1, header.fields().size());
    return header.fields().get(0);
  }

  @Property
  void unstructured(@ForAll("texts") String text, @ForAll OutputForm form) throws Exception {
    assertEquals(text, read(OutgoingField.text("Subject", text), form).text());
  }

  @Property
  void parameters(@ForAll("texts") String text, @ForAll OutputForm form) throws Exception {
    OutgoingField field =
        OutgoingField.parameterized("Content-Disposition", "attachment", Map.of("filename", text));
    HeaderField read = read(field, form);
    assertEquals(Octets.ascii("attachment"), read.parameterized().value());
    assertEquals(text, read.parameterized().text("filename"));
  }

  @Property
  void addresses(
      @ForAll("texts") String name, @ForAll("texts") String local, @ForAll OutputForm form)
      throws Exception {
    Address.Mailbox mailbox =
        new Address.Mailbox(squeezed(name), local.isEmpty() ? "x" : local, "example.org");
    if (!AddressWriter.isWritable(mailbox)) {
      return;
    }
    boolean ascii = form == OutputForm.UTF8 || local.chars().allMatch(c -> c < 128);
    Address.Mailbox plain = Address.Mailbox.of("b@example.org");
    List<Address> written = List.of(mailbox, new Address.Group("A group", List.of(plain)), plain);
    List<Address> read = read(OutgoingField.addresses("To", written), form).addresses();
    assertEquals(3, read.size());
    assertEquals(plain, read.get(2));
    if (ascii) {
      assertEquals(mailbox.name(), read.get(0).name());
      assertEquals(List.of(plain), read.get(1).mailboxes());
      String found = read.get(0).mailboxes().get(0).localPart();
      assertEquals(squeezed(mailbox.localPart()), squeezed(found));
    } else {
      assertTrue(read.get(0) instanceof Address.Group group && group.mailboxes().isEmpty());
      assertTrue(read.get(0).name().contains("@example.org"), read.get(0).name());
    }
  }

  /** White space in names and local parts counts as one space. */
  private static String squeezed(String text) {
    return text.replaceAll("[ \t]+", " ").strip();
  }
}
