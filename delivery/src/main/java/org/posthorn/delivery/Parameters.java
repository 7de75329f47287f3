package org.posthorn.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.Recipient;

/** The parameters of mail that is passed on under another address or by somebody else. */
final class Parameters {
  private static final String NOTIFY = "NOTIFY";
  private static final String ORCPT = "ORCPT";

  private Parameters() {}

  /**
   * What belongs to a message whoever sends it: what its content needs, how urgent it is, and that
   * it is to be protected (RFC 8689 section 6). What else the sender asked for is not the business
   * of who stands for it.
   */
  static MailParameters ofContent(MailParameters parameters) {
    Map<String, String> kept = new HashMap<>(parameters.values());
    kept.keySet().retainAll(Set.of("BODY", "SMTPUTF8", "MT-PRIORITY", "REQUIRETLS"));
    return new MailParameters(kept);
  }

  /**
   * RFC 3461 section 5.2.7.1: the wishes stay, and the address that the sender knows. Whose mailbox
   * that was is answered here (RFC 7293 section 5.2.1).
   */
  static Recipient forwarded(Recipient recipient, Address to) {
    Map<String, String> parameters = new HashMap<>(recipient.parameters());
    parameters.remove("RRVS");
    if (parameters.containsKey(NOTIFY)) {
      parameters.computeIfAbsent(ORCPT, k -> original(recipient.address()));
    }
    return new Recipient(to, parameters);
  }

  /** RFC 3461 section 5.2.7.2: success is told here when one becomes many. */
  static Recipient withoutSuccess(Recipient recipient) {
    String wanted = recipient.parameters().get(NOTIFY);
    if (wanted == null) {
      return recipient;
    }
    List<String> rest = new ArrayList<>(List.of(wanted.toUpperCase(Locale.ROOT).split(",")));
    rest.remove("SUCCESS");
    Map<String, String> parameters = new HashMap<>(recipient.parameters());
    parameters.put(NOTIFY, rest.isEmpty() ? "NEVER" : String.join(",", rest));
    return new Recipient(recipient.address(), parameters);
  }

  /** RFC 3461 section 4.2; an address beyond US-ASCII in the form of RFC 6533 section 3. */
  private static String original(Address address) {
    return (address.needsUtf8() ? "utf-8;" : "rfc822;") + xtext(address.toString());
  }

  private static String xtext(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c >= 0x80) {
                out.append(String.format(Locale.ROOT, "\\x{%X}", c));
              } else if (c > ' ' && c < 0x7f && c != '+' && c != '=' && c != '\\') {
                out.append((char) c);
              } else {
                out.append(String.format(Locale.ROOT, "+%02X", c));
              }
            });
    return out.toString();
  }
}
