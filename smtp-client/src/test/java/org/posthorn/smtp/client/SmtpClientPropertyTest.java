package org.posthorn.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.posthorn.smtp.client.Orders.PLAIN;
import static org.posthorn.smtp.client.Orders.octets;
import static org.posthorn.smtp.client.Orders.order;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.posthorn.smtp.client.SmtpClient.Need;

class SmtpClientPropertyTest {
  @Property(tries = 2_000)
  void contentNeverEndsEarly(@ForAll("content") String content) {
    ContentWriter writer = new ContentWriter();
    StringBuilder sent = new StringBuilder();
    for (int i = 0; i < content.length(); i++) {
      sent.append(
          StandardCharsets.UTF_8.decode(writer.stuffed(octets(content.substring(i, i + 1)))));
    }
    sent.append(writer.end());
    String all = sent.toString();
    assertEquals(all.length() - 3, ("\r\n" + all).indexOf("\r\n.\r\n"));
    assertEquals(-1, all.replace("\r\n", "").indexOf('\r'));
    assertEquals(-1, all.replace("\r\n", "").indexOf('\n'));
    String lines = content.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
    String undone =
        ("\r\n" + all.substring(0, all.length() - 3)).replace("\r\n.", "\r\n").substring(2);
    assertEquals(lines.isEmpty() || lines.endsWith("\r\n") ? lines : lines + "\r\n", undone);
  }

  @Provide
  Arbitrary<String> content() {
    return Arbitraries.strings().withChars('.', '\r', '\n', 'a').ofMaxLength(30);
  }

  /** Whatever a server says, the client ends or goes on; it throws nothing. */
  @Property(tries = 2_000)
  void anyServerIsEndured(@ForAll("server") String server) {
    SmtpClient client = new SmtpClient(PLAIN.withLogin("u", "p"), () -> "n");
    client.opened();
    Need need = client.receive(ByteBuffer.wrap(server.getBytes(StandardCharsets.ISO_8859_1)));
    if (need == Need.READY) {
      need = client.send(order(Map.of(), "b@x.example"));
    }
    client.endOfInput();
    assertEquals(Need.CLOSED, client.endOfInput());
  }

  @Provide
  Arbitrary<String> server() {
    return Arbitraries.of(
            "220 x\r\n",
            "250 x\r\n",
            "250-AUTH PLAIN SCRAM-SHA-1\r\n",
            "334 \r\n",
            "334 cj0=\r\n",
            "2",
            "50",
            "\r\n",
            "\n",
            "999 x\r\n",
            "250",
            "-",
            " ",
            "354 go\r\n",
            "é",
            "235 ok\r\n")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }
}
