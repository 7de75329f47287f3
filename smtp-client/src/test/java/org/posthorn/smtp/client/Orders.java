package org.posthorn.smtp.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpSyntaxException;
import org.posthorn.smtp.Verdict;
import org.posthorn.smtp.client.SmtpClient.Need;

/** What tests of the client ask it for and tell it. */
final class Orders {
  static final ClientSettings PLAIN = ClientSettings.smtp("me.example").withTls(TlsUse.NONE);

  private Orders() {}

  static Address address(String text) {
    try {
      return Address.parse(text);
    } catch (SmtpSyntaxException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  static MailOrder order(Map<String, String> parameters, String... recipients) {
    List<Recipient> all = new ArrayList<>();
    for (String recipient : recipients) {
      all.add(Recipient.of(address(recipient)));
    }
    return new MailOrder(
        ReversePath.of(address("a@me.example")), new MailParameters(parameters), all, 20);
  }

  /** Why the session ended before there was anything to send. */
  static Verdict failure(ClientSettings settings, String script) {
    return Script.play(settings, Optional.empty(), "", script).failure().orElseThrow();
  }

  static ByteBuffer octets(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  static Need receive(SmtpClient client, String text) {
    return client.receive(octets(text));
  }
}
