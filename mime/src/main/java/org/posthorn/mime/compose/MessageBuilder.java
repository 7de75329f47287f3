package org.posthorn.mime.compose;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.Address;

/**
 * Puts a message together. What it makes has Date, Message-ID and MIME-Version, given or new. For
 * one message and one thread.
 */
public final class MessageBuilder {

  private final Origin origin;
  private List<? extends Address> from = List.of();
  private Address.@Nullable Mailbox sender;
  private List<? extends Address> replyTo = List.of();
  private List<? extends Address> to = List.of();
  private List<? extends Address> cc = List.of();
  private List<? extends Address> bcc = List.of();
  private String subject = "";
  private @Nullable OffsetDateTime date;
  private @Nullable String messageId;
  private List<String> inReplyTo = List.of();
  private List<String> references = List.of();
  private final List<OutgoingField> fields = new ArrayList<>();
  private @Nullable MimePart text;
  private @Nullable MimePart html;
  private @Nullable MimePart body;
  private final List<MimePart> inline = new ArrayList<>();
  private final List<MimePart> attachments = new ArrayList<>();

  /** A builder for one message. */
  public MessageBuilder(Origin origin) {
    this.origin = origin;
  }

  /** The authors. */
  public MessageBuilder from(Address... addresses) {
    from = List.of(addresses);
    return this;
  }

  /** Who sends it, if that is not the one author. */
  public MessageBuilder sender(Address.Mailbox address) {
    sender = address;
    return this;
  }

  /** Where answers shall go, if not to the authors. */
  public MessageBuilder replyTo(Address... addresses) {
    replyTo = List.of(addresses);
    return this;
  }

  /** The receivers. */
  public MessageBuilder to(Address... addresses) {
    return to(List.of(addresses));
  }

  /** The receivers. */
  public MessageBuilder to(List<? extends Address> addresses) {
    to = List.copyOf(addresses);
    return this;
  }

  /** Who gets a copy. */
  public MessageBuilder cc(Address... addresses) {
    return cc(List.of(addresses));
  }

  /** Who gets a copy. */
  public MessageBuilder cc(List<? extends Address> addresses) {
    cc = List.copyOf(addresses);
    return this;
  }

  /** Who gets a copy that nobody sees; they stand in {@link #recipients} alone. */
  public MessageBuilder bcc(Address... addresses) {
    bcc = List.of(addresses);
    return this;
  }

  /** The subject. */
  public MessageBuilder subject(String value) {
    subject = value;
    return this;
  }

  /** The date, if it is not to be the clock's when the message is built. */
  public MessageBuilder date(OffsetDateTime value) {
    date = value;
    return this;
  }

  /** The identifier without angle brackets, if it is not to be a new one. */
  public MessageBuilder messageId(String value) {
    messageId = value;
    return this;
  }

  /** The identifiers of what it answers, without angle brackets. */
  public MessageBuilder inReplyTo(List<String> ids) {
    inReplyTo = List.copyOf(ids);
    return this;
  }

  /** The identifiers of the thread before it, without angle brackets, oldest first. */
  public MessageBuilder references(List<String> ids) {
    references = List.copyOf(ids);
    return this;
  }

  /** One more field; it stands behind the others. */
  public MessageBuilder header(OutgoingField field) {
    fields.add(field);
    return this;
  }

  /** One more unstructured field. */
  public MessageBuilder header(String name, String value) {
    return header(OutgoingField.text(name, value));
  }

  /** The text. Line ends of whatever kind become CRLF. */
  public MessageBuilder text(String value) {
    text = MimePart.text(value);
    return this;
  }

  /** The text as HTML, beside the plain one if there is one. */
  public MessageBuilder html(String value) {
    html = MimePart.html(value);
    return this;
  }

  /** Something that the HTML refers to; see {@link MimePart#inline}. */
  public MessageBuilder inline(MimePart part) {
    inline.add(part);
    return this;
  }

  /** An attachment of unknown type. */
  public MessageBuilder attach(String name, Content content) {
    return attach(MimePart.attachment(name, "application/octet-stream", content));
  }

  /** An attachment; see {@link MimePart#attachment} and {@link MimePart#message}. */
  public MessageBuilder attach(MimePart part) {
    attachments.add(part);
    return this;
  }

  /** What stands in place of text and HTML. */
  public MessageBuilder body(MimePart part) {
    body = part;
    return this;
  }

  /** All who are to get it, for the envelope: To, Cc and Bcc, each address once. */
  public List<Address.Mailbox> recipients() {
    List<Address.Mailbox> all = new ArrayList<>();
    for (List<? extends Address> list : List.of(to, cc, bcc)) {
      for (Address address : list) {
        for (Address.Mailbox mailbox : address.mailboxes()) {
          if (all.stream().noneMatch(m -> m.address().equals(mailbox.address()))) {
            all.add(mailbox);
          }
        }
      }
    }
    return List.copyOf(all);
  }

  /**
   * The message.
   *
   * @throws IllegalArgumentException if a field cannot hold what it was given
   */
  public MimePart build() {
    List<OutgoingField> header = new ArrayList<>();
    header.add(OutgoingField.date("Date", date == null ? origin.now() : date));
    addresses(header, "From", from);
    addresses(header, "Sender", sender == null ? List.of() : List.of(sender));
    addresses(header, "Reply-To", replyTo);
    addresses(header, "To", to);
    addresses(header, "Cc", cc);
    if (!subject.isEmpty()) {
      header.add(OutgoingField.text("Subject", subject));
    }
    String id = messageId == null ? origin.messageId() : messageId;
    header.add(OutgoingField.messageIds("Message-ID", List.of(id)));
    ids(header, "In-Reply-To", inReplyTo);
    ids(header, "References", references);
    header.addAll(fields);
    header.add(OutgoingField.text("MIME-Version", "1.0"));
    MimePart content = content();
    return new MimePart(header, content::prepare);
  }

  private static void addresses(
      List<OutgoingField> header, String name, List<? extends Address> addresses) {
    if (!addresses.isEmpty()) {
      header.add(OutgoingField.addresses(name, addresses));
    }
  }

  private static void ids(List<OutgoingField> header, String name, List<String> ids) {
    if (!ids.isEmpty()) {
      header.add(OutgoingField.messageIds(name, ids));
    }
  }

  private MimePart content() {
    MimePart readable = readable();
    if (attachments.isEmpty()) {
      return readable;
    }
    List<MimePart> parts = new ArrayList<>(List.of(readable));
    parts.addAll(attachments);
    return MimePart.multipart("mixed", origin.ids(), parts);
  }

  private MimePart readable() {
    MimePart whole = body;
    if (whole != null) {
      return whole;
    }
    MimePart rich = html;
    MimePart plain = text;
    if (rich == null) {
      return plain == null ? MimePart.text("") : plain;
    }
    if (!inline.isEmpty()) {
      List<MimePart> parts = new ArrayList<>(List.of(rich));
      parts.addAll(inline);
      rich = MimePart.multipart("related", origin.ids(), parts);
    }
    return plain == null
        ? rich
        : MimePart.multipart("alternative", origin.ids(), List.of(plain, rich));
  }
}
