package org.posthorn.mime.compose;

import java.net.IDN;
import java.util.List;
import org.posthorn.mime.Address;

/**
 * Writes addresses. In ASCII, domains become A-labels and mailboxes whose local part has no form in
 * ASCII become empty groups that show them (RFC 6857 section 3.1).
 */
final class AddressWriter {

  private static final int MAX = FieldWriter.MAX_PIECE / 3;

  private AddressWriter() {}

  /**
   * Refuses what cannot be written.
   *
   * @throws IllegalArgumentException if a mailbox has no local part or domain, or one that no
   *     address may have
   */
  static void check(List<? extends Address> addresses) {
    for (Address address : addresses) {
      for (Address.Mailbox mailbox : address.mailboxes()) {
        if (!isWritable(mailbox)) {
          throw new IllegalArgumentException("cannot be written as an address: " + mailbox);
        }
      }
    }
  }

  static boolean isWritable(Address.Mailbox mailbox) {
    String local = mailbox.localPart();
    String domain = mailbox.domain();
    if (local.isEmpty() || domain.isEmpty() || local.length() + domain.length() > MAX) {
      return false;
    }
    for (int i = 0; i < local.length(); i++) {
      char c = local.charAt(i);
      if (c < ' ' || c == 127) {
        return false;
      }
    }
    return isDomain(domain);
  }

  private static boolean isDomain(String domain) {
    boolean literal = domain.startsWith("[") && domain.endsWith("]");
    if (!literal) {
      return isDotAtom(domain);
    }
    for (int i = 1; i < domain.length() - 1; i++) {
      char c = domain.charAt(i);
      if (c <= ' ' || c >= 127 || c == '[' || c == ']' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private static boolean isDotAtom(String text) {
    boolean afterDot = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' ? afterDot : !FieldWriter.isAtomCharacter(c)) {
        return false;
      }
      afterDot = c == '.';
    }
    return !afterDot;
  }

  static void write(List<? extends Address> addresses, FieldWriter out) {
    for (int i = 0; i < addresses.size(); i++) {
      if (i > 0) {
        out.glue(",");
      }
      Address address = addresses.get(i);
      if (address instanceof Address.Group group) {
        group(group, out);
      } else {
        address.mailboxes().forEach(mailbox -> mailbox(mailbox, out));
      }
    }
  }

  private static void group(Address.Group group, FieldWriter out) {
    out.phrase(group.name());
    List<Address.Mailbox> members = group.mailboxes();
    boolean shown = members.stream().anyMatch(m -> !out.isWritable(m.localPart()));
    if (shown) {
      // RFC 6857 section 3.1.7: a group within a group cannot be, so all members are shown.
      StringBuilder list = new StringBuilder();
      members.forEach(member -> list.append(list.isEmpty() ? "" : ", ").append(full(member)));
      out.encoded(list.toString());
      out.token(":;");
      return;
    }
    out.glue(":");
    write(members, out);
    out.glue(";");
  }

  private static String full(Address.Mailbox mailbox) {
    String spec = localPart(mailbox) + "@" + mailbox.domain();
    return mailbox.name().isEmpty() ? spec : mailbox.name() + " <" + spec + ">";
  }

  private static void mailbox(Address.Mailbox mailbox, FieldWriter out) {
    String local = localPart(mailbox);
    if (!out.isWritable(local)) {
      if (!mailbox.name().isEmpty()) {
        out.phrase(mailbox.name());
      }
      out.encoded(local + "@" + mailbox.domain());
      out.token(":;");
      return;
    }
    String spec = local + "@" + (out.utf8() ? mailbox.domain() : aLabels(mailbox.domain()));
    if (mailbox.name().isEmpty()) {
      out.token(spec);
    } else {
      out.phrase(mailbox.name());
      out.token("<" + spec + ">");
    }
  }

  private static String localPart(Address.Mailbox mailbox) {
    String local = mailbox.localPart();
    return isDotAtom(local) ? local : FieldWriter.quoted(local);
  }

  /** The domain in ASCII. One that IDNA refuses is made one that reaches nobody. */
  static String aLabels(String domain) {
    boolean ascii = domain.chars().allMatch(c -> c < 128);
    if (ascii) {
      return domain;
    }
    try {
      return IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException e) {
      return domain.replaceAll("[^\\x21-\\x7e]", "") + ".invalid";
    }
  }
}
