package org.posthorn.testkit.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.posthorn.testkit.sasl.CramMd5Client;
import org.posthorn.testkit.sasl.ScramClient;

/** What a script says in answer to a challenge, in base64. The last argument is a variable. */
final class SaslWords {
  static final Set<String> NAMES = Set.of("cram-md5", "scram-first", "scram-last", "scram-server");

  private SaslWords() {}

  static String say(String name, List<String> arguments, Map<String, String> bound) {
    if (name.equals("scram-first")) {
      return base64(new ScramClient("SHA-256", "n,,", new byte[0], arguments.get(0), "").first());
    }
    String variable = arguments.get(arguments.size() - 1);
    String value = bound.get(variable);
    if (value == null) {
      throw new IllegalArgumentException("{" + variable + "} is not bound");
    }
    String challenge = new String(Base64.getDecoder().decode(value), UTF_8);
    if (name.equals("cram-md5")) {
      return base64(CramMd5Client.answer(arguments.get(0), arguments.get(1), challenge));
    }
    ScramClient client =
        new ScramClient(arguments.get(0), "n,,", new byte[0], arguments.get(1), arguments.get(2));
    return base64(name.equals("scram-last") ? client.last(challenge) : client.expected(challenge));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
