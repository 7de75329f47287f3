package org.posthorn.mime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An address as people see it: a mailbox or a group of them (RFC 5322 section 3.4). */
public sealed interface Address {

  /** The display name or the group's name, decoded; empty if there is none. */
  String name();

  /** The mailbox itself, or the members of the group. */
  List<Mailbox> mailboxes();

  /**
   * One mailbox.
   *
   * @param name the display name, decoded; empty if there is none
   * @param localPart unquoted; any characters
   * @param domain as written, A-labels and U-labels alike; empty where the address had none
   */
  record Mailbox(String name, String localPart, String domain) implements Address {

    /**
     * A mailbox from {@code local@domain}; the last {@code @} counts.
     *
     * @throws IllegalArgumentException if there is no domain or no local part, or a line end or NUL
     */
    public static Mailbox of(String address) {
      return of("", address);
    }

    /**
     * A mailbox with a display name from {@code local@domain}.
     *
     * @throws IllegalArgumentException if there is no domain or no local part, or a line end or NUL
     */
    public static Mailbox of(String name, String address) {
      int at = address.lastIndexOf('@');
      if (at <= 0 || at == address.length() - 1) {
        throw new IllegalArgumentException("not an address: " + address);
      }
      for (int i = 0; i < address.length(); i++) {
        if (address.charAt(i) < ' ') {
          throw new IllegalArgumentException("a control character in an address");
        }
      }
      return new Mailbox(name, address.substring(0, at), address.substring(at + 1));
    }

    @Override
    public List<Mailbox> mailboxes() {
      return List.of(this);
    }

    /** {@code local@domain}, unquoted; the local part alone where there is no domain. */
    public String address() {
      return domain.isEmpty() ? localPart : localPart + "@" + domain;
    }

    @Override
    public String toString() {
      return name.isEmpty() ? address() : name + " <" + address() + ">";
    }
  }

  /**
   * A named group, which may be empty.
   *
   * @param name decoded
   * @param mailboxes in their order
   */
  record Group(String name, List<Mailbox> mailboxes) implements Address {

    /** Keeps an immutable copy of the list. */
    public Group {
      mailboxes = List.copyOf(mailboxes);
    }
  }

  /** The addresses of a field's value, however broken. */
  static List<Address> parse(Octets value) {
    return of(AddressParser.parse(value));
  }

  /** The same addresses as people see them; a group that does not end goes to the end. */
  static List<Address> of(List<MailAddress> flat) {
    List<Address> addresses = new ArrayList<>(flat.size());
    List<Mailbox> members = null;
    String group = "";
    for (MailAddress address : flat) {
      if (address.isGroupStart()) {
        group = text(address.mailbox());
        members = new ArrayList<>();
      } else if (address.isGroupEnd()) {
        if (members != null) {
          addresses.add(new Group(group, members));
        }
        members = null;
      } else if (members != null) {
        members.add(mailbox(address));
      } else {
        addresses.add(mailbox(address));
      }
    }
    if (members != null) {
      addresses.add(new Group(group, members));
    }
    return List.copyOf(addresses);
  }

  private static Mailbox mailbox(MailAddress address) {
    return new Mailbox(text(address.name()), plain(address.mailbox()), plain(address.host()));
  }

  private static String text(@Nullable Octets value) {
    return value == null ? "" : HeaderText.decode(value);
  }

  private static String plain(@Nullable Octets value) {
    return value == null ? "" : Charsets.guess(value);
  }
}
