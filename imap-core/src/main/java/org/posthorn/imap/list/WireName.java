package org.posthorn.imap.list;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.ModifiedUtf7;
import org.posthorn.mime.Octets;
import org.posthorn.store.InvalidMailboxName;
import org.posthorn.store.MailboxName;

/** How mailbox names stand on the wire. */
public enum WireName {
  /** IMAP4rev1: printable ASCII, the rest in modified UTF-7 (RFC 3501 section 5.1.3). */
  MODIFIED_UTF7 {
    @Override
    public String text(Octets wire) {
      String text = ModifiedUtf7.decode(wire);
      if (text == null) {
        throw new InvalidMailboxName("Mailbox name is not in modified UTF-7");
      }
      return text;
    }

    @Override
    public Octets encode(String text) {
      return Octets.ascii(ModifiedUtf7.encode(text));
    }
  },

  /** IMAP4rev2 and UTF8=ACCEPT (RFC 9051 section 5.1, RFC 6855 section 3). */
  UTF8 {
    @Override
    public String text(Octets wire) {
      String text = strictUtf8(wire);
      if (text == null) {
        throw new InvalidMailboxName("Mailbox name is not in UTF-8");
      }
      return text;
    }

    @Override
    public Octets encode(String text) {
      return Octets.utf8(text);
    }
  };

  /**
   * The text of a name, or of a pattern with its wildcards, as it came in.
   *
   * @throws InvalidMailboxName if it is not in this form
   */
  public abstract String text(Octets wire);

  /** The text as it goes out; undone by {@link #text}. */
  public abstract Octets encode(String text);

  /**
   * The name that came in.
   *
   * @throws InvalidMailboxName if it is not in this form, or no name
   */
  public MailboxName decode(Octets wire) {
    return MailboxName.parse(text(wire));
  }

  /**
   * The name that CREATE was given: a delimiter at its end declares that inferiors will follow and
   * is not part of the name (RFC 9051 section 6.3.4).
   *
   * @throws InvalidMailboxName if it is not in this form, or no name
   */
  public MailboxName decodeToCreate(Octets wire) {
    String text = text(wire);
    boolean superior = text.length() > 1 && text.charAt(text.length() - 1) == MailboxName.DELIMITER;
    return MailboxName.parse(superior ? text.substring(0, text.length() - 1) : text);
  }

  /** The name as it goes out; undone by {@link #decode}. */
  public Octets encode(MailboxName name) {
    return encode(name.path());
  }

  private static @Nullable String strictUtf8(Octets wire) {
    try {
      ByteBuffer octets = wire.asBuffer();
      return StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
    } catch (CharacterCodingException malformed) {
      return null;
    }
  }
}
