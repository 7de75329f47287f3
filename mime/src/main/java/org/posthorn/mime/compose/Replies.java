package org.posthorn.mime.compose;

import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.posthorn.mime.Address;
import org.posthorn.mime.MailDate;
import org.posthorn.mime.Octets;
import org.posthorn.mime.message.Attachment;
import org.posthorn.mime.message.Message;

/** Begins answers and forwards: builders in which addresses, subject and thread are set. */
public final class Replies {

  /** More identifiers than this do not help threading; the first one and the last are kept. */
  private static final int MAX_REFERENCES = 30;

  private Replies() {}

  /**
   * An answer to who wrote it (RFC 5322 section 3.6.2), or to whom it went if we wrote it
   * ourselves.
   *
   * @param self who answers
   */
  public static MessageBuilder reply(Origin origin, Message original, Address.Mailbox self)
      throws IOException {
    return answer(origin, original, self).to(authors(original, self));
  }

  /** An answer to who wrote it and to all others who got it. */
  public static MessageBuilder replyAll(Origin origin, Message original, Address.Mailbox self)
      throws IOException {
    List<Address.Mailbox> to = authors(original, self);
    List<Address.Mailbox> cc = new ArrayList<>();
    for (List<Address> list : List.of(original.to(), original.cc())) {
      for (Address.Mailbox mailbox : mailboxes(list)) {
        if (!isIn(mailbox, to) && !isIn(mailbox, cc) && !isSame(mailbox, self)) {
          cc.add(mailbox);
        }
      }
    }
    return answer(origin, original, self).to(to).cc(cc);
  }

  /** A new message with the original, octet for octet, as an attachment. */
  public static MessageBuilder forward(Origin origin, Message original, Address.Mailbox self)
      throws IOException {
    return new MessageBuilder(origin)
        .from(self)
        .subject(prefixed("Fwd: ", original))
        .attach(MimePart.message(MimePart.of(original, origin.ids())));
  }

  /**
   * A new message with the original's text below a few of its fields, and with its attachments.
   *
   * @param maxChars how much of the text, in {@code char}s
   */
  public static MessageBuilder forwardInline(
      Origin origin, Message original, Address.Mailbox self, int maxChars) throws IOException {
    StringBuilder text = new StringBuilder("\n---------- Forwarded message ----------\n");
    line(text, "From", shown(original.from()));
    OffsetDateTime date = original.date();
    line(text, "Date", date == null ? "" : MailDate.format(date));
    line(text, "Subject", oneLine(original.subject()));
    line(text, "To", shown(original.to()));
    line(text, "Cc", shown(original.cc()));
    text.append('\n').append(original.text(maxChars));
    MessageBuilder forward =
        new MessageBuilder(origin)
            .from(self)
            .subject(prefixed("Fwd: ", original))
            .text(text.toString());
    for (Attachment attachment : original.attachments()) {
      if (attachment.kind() == Attachment.Kind.PART) {
        forward.attach(MimePart.of(attachment.part(), origin.ids()));
      }
    }
    return forward;
  }

  /**
   * The original's text as a quotation: who wrote it when, then each line behind {@code >}.
   *
   * @param maxChars how much of the text, in {@code char}s
   */
  public static String quotation(Message original, int maxChars) throws IOException {
    StringBuilder quotation = new StringBuilder();
    OffsetDateTime date = original.date();
    if (date != null) {
      quotation.append("On ").append(MailDate.format(date)).append(", ");
    }
    quotation.append(shown(original.from())).append(" wrote:\n");
    for (String line : original.text(maxChars).split("\r\n|\r|\n", -1)) {
      quotation.append(line.startsWith(">") || line.isEmpty() ? ">" : "> ");
      quotation.append(line).append('\n');
    }
    return quotation.toString();
  }

  private static MessageBuilder answer(Origin origin, Message original, Address.Mailbox self)
      throws IOException {
    List<String> id = writable(id(original));
    return new MessageBuilder(origin)
        .from(self)
        .subject(prefixed("Re: ", original))
        .inReplyTo(id)
        .references(references(original, id));
  }

  private static List<Octets> id(Message original) {
    Octets id = original.messageId();
    return id == null ? List.of() : List.of(id);
  }

  /** RFC 5322 section 3.6.4. */
  private static List<String> references(Message original, List<String> id) throws IOException {
    List<Octets> before = original.references();
    if (before.isEmpty() && original.inReplyTo().size() == 1) {
      before = original.inReplyTo();
    }
    List<String> references = new ArrayList<>(writable(before));
    references.removeAll(id);
    references.addAll(id);
    while (references.size() > MAX_REFERENCES) {
      references.remove(1);
    }
    return references;
  }

  private static List<String> writable(List<Octets> ids) {
    return ids.stream().map(Octets::asAscii).filter(OutgoingField::isMessageId).toList();
  }

  private static List<Address.Mailbox> authors(Message original, Address.Mailbox self) {
    List<Address.Mailbox> authors = mailboxes(original.replyTo());
    boolean own = authors.stream().allMatch(author -> isSame(author, self));
    return own ? mailboxes(original.to()) : authors;
  }

  /** Those to whom one can write. */
  private static List<Address.Mailbox> mailboxes(List<Address> addresses) {
    return addresses.stream()
        .flatMap(address -> address.mailboxes().stream())
        .filter(AddressWriter::isWritable)
        .map(m -> new Address.Mailbox(oneLine(m.name()), m.localPart(), m.domain()))
        .toList();
  }

  private static boolean isIn(Address.Mailbox mailbox, List<Address.Mailbox> list) {
    return list.stream().anyMatch(other -> isSame(mailbox, other));
  }

  private static boolean isSame(Address.Mailbox one, Address.Mailbox other) {
    return one.address().equalsIgnoreCase(other.address());
  }

  private static String prefixed(String prefix, Message original) {
    String subject = oneLine(original.subject());
    String begin = prefix.strip().toLowerCase(Locale.ROOT);
    return subject.toLowerCase(Locale.ROOT).startsWith(begin) ? subject : prefix + subject;
  }

  /** The text without line ends and controls, which encoded-words may bring in. */
  static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  private static void line(StringBuilder text, String name, String value) {
    if (!value.isEmpty()) {
      text.append(name).append(": ").append(value).append('\n');
    }
  }

  private static String shown(List<Address> addresses) {
    List<String> shown = new ArrayList<>();
    for (Address address : addresses) {
      address.mailboxes().forEach(mailbox -> shown.add(oneLine(mailbox.toString())));
    }
    return String.join(", ", shown);
  }
}
