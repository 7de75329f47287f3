package org.posthorn.imap.search;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.Envelope;
import org.posthorn.mime.HeaderText;
import org.posthorn.mime.MailAddress;
import org.posthorn.mime.Octets;
import org.posthorn.mime.Part;

/** A header field whose value the MIME index keeps, so that no message is read to look into it. */
enum EnvelopeField {
  BCC("Bcc"),
  CC("Cc"),
  DATE("Date"),
  FROM("From"),
  IN_REPLY_TO("In-Reply-To"),
  MESSAGE_ID("Message-ID"),
  REFERENCES("References"),
  SUBJECT("Subject"),
  TO("To");

  private final Octets field;

  EnvelopeField(String field) {
    this.field = Octets.ascii(field);
  }

  /** The field of that name in any case; null when the index does not keep it. */
  static @Nullable EnvelopeField of(Octets name) {
    for (EnvelopeField candidate : values()) {
      if (candidate.field.equalsIgnoreCase(name)) {
        return candidate;
      }
    }
    return null;
  }

  /** The name of the field. */
  Octets field() {
    return field;
  }

  /** Whether the index keeps the text of the field itself, not only the addresses in it. */
  boolean isText() {
    return switch (this) {
      case DATE, IN_REPLY_TO, MESSAGE_ID, REFERENCES, SUBJECT -> true;
      default -> false;
    };
  }

  /** Whether the text is in the decoded value. */
  boolean contains(Needle text, Part message) {
    Envelope envelope = message.envelope();
    if (envelope == null) {
      return false;
    }
    return switch (this) {
      case BCC -> inAddresses(text, envelope.bcc());
      case CC -> inAddresses(text, envelope.cc());
      case DATE -> inText(text, envelope.date());
      case FROM -> inAddresses(text, envelope.from());
      case IN_REPLY_TO -> inText(text, envelope.inReplyTo());
      case MESSAGE_ID -> inText(text, envelope.messageId());
      case REFERENCES -> inText(text, message.references());
      case SUBJECT -> inText(text, envelope.subject());
      case TO -> inAddresses(text, envelope.to());
    };
  }

  private static boolean inText(Needle text, @Nullable Octets value) {
    return value != null && TextScan.contains(text, HeaderText.decode(value));
  }

  private static boolean inAddresses(Needle text, List<MailAddress> addresses) {
    if (addresses.isEmpty()) {
      return false;
    }
    TextScan scan = new TextScan(List.of(text));
    boolean first = true;
    for (MailAddress address : addresses) {
      if (!first && !address.isGroupEnd()) {
        scan.add(", ");
      }
      first = address.isGroupStart();
      add(address, scan);
      if (scan.done()) {
        return true;
      }
    }
    return false;
  }

  /** As it would stand in the field, without quotes and comments. */
  private static void add(MailAddress address, TextScan scan) {
    if (address.isGroupStart()) {
      add(address.mailbox(), scan);
      scan.add(": ");
    } else if (address.isGroupEnd()) {
      scan.add(";");
    } else {
      boolean named = address.name() != null;
      if (named) {
        add(address.name(), scan);
        scan.add(" <");
      }
      if (address.route() != null) {
        add(address.route(), scan);
        scan.add(":");
      }
      add(address.mailbox(), scan);
      if (address.host() != null && !address.host().isEmpty()) {
        scan.add("@");
        add(address.host(), scan);
      }
      if (named) {
        scan.add(">");
      }
    }
  }

  private static void add(@Nullable Octets text, TextScan scan) {
    if (text != null) {
      scan.add(HeaderText.decode(text));
    }
  }
}
