package org.posthorn.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.posthorn.smtp.client.SmtpClient.Need;

/**
 * Plays a server: lines {@code S:} are said to the client in pieces, {@code C:} is what the client
 * must have said by then, {@code TLS} is a handshake that the client must ask for.
 */
final class Script {
  private final SmtpClient client;
  private final Optional<MailOrder> order;
  private final byte[] content;
  private final int piece;
  private final StringBuilder said = new StringBuilder();
  private boolean sent;
  private boolean contentGiven;
  private Need need;

  private Script(ClientSettings settings, Optional<MailOrder> order, String content, int piece) {
    this.client = new SmtpClient(settings, () -> "fyko+d2lbbFgONRv9qkxdawL");
    this.order = order;
    this.content = content.getBytes(StandardCharsets.UTF_8);
    this.piece = piece;
    this.need = client.opened();
  }

  /** Plays a script whole and at 1, 2 and 7 octets a piece. */
  static SmtpClient play(
      ClientSettings settings, Optional<MailOrder> order, String content, String script) {
    SmtpClient last = null;
    for (int piece : List.of(Integer.MAX_VALUE, 1, 2, 7)) {
      Script one = new Script(settings, order, content, piece);
      one.run(script);
      last = one.client;
    }
    return last;
  }

  private void run(String script) {
    StringBuilder fromServer = new StringBuilder();
    for (String line : script.lines().toList()) {
      if (line.startsWith("S: ")) {
        fromServer.append(line.substring(3)).append("\r\n");
        continue;
      }
      say(fromServer);
      if (line.equals("TLS")) {
        assertEquals(Need.TLS, need);
        need = client.tlsEstablished();
      } else {
        advance();
        String expected = line.substring(3) + "\r\n";
        String heard = said.toString();
        int end = Math.min(heard.length(), expected.length());
        assertEquals(expected, heard.substring(0, end));
        said.delete(0, end);
      }
    }
    say(fromServer);
    advance();
    assertEquals("", said.toString());
  }

  private void say(StringBuilder fromServer) {
    byte[] octets = fromServer.toString().getBytes(StandardCharsets.ISO_8859_1);
    fromServer.setLength(0);
    for (int at = 0; at < octets.length; ) {
      advance();
      int length = Math.min(piece, octets.length - at);
      need = client.receive(ByteBuffer.wrap(octets, at, length));
      at += length;
    }
  }

  /** Does what the client's user would do, and hears what the client says. */
  private void advance() {
    hear();
    if (need == Need.READY && order.isPresent() && !sent) {
      sent = true;
      need = client.send(order.get());
      hear();
    }
    if (need == Need.CONTENT && !contentGiven) {
      contentGiven = true;
      for (int at = 0; at < content.length && need == Need.CONTENT; ) {
        int length = Math.min(piece, content.length - at);
        need = client.content(ByteBuffer.wrap(content, at, length));
        at += length;
      }
    }
    hear();
    if (need == Need.CONTENT) {
      need = client.contentEnd();
      hear();
    }
  }

  private void hear() {
    said.append(StandardCharsets.UTF_8.decode(client.output()));
  }
}
