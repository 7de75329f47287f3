package org.posthorn.delivery.response;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.UUID;
import org.posthorn.delivery.MessageHeader;
import org.posthorn.mime.MailDate;
import org.posthorn.smtp.Address;

/** Writes an automatic answer as RFC 3834 section 3 wants it. */
final class ResponseMessage {
  private static final int WORD_CHARACTERS = 14;
  private static final int IDENTIFIERS = 2_000;

  private ResponseMessage() {}

  static byte[] compose(
      Vacation vacation, Address from, Address to, MessageHeader original, OffsetDateTime date) {
    StringBuilder out = new StringBuilder(1_024);
    field(out, "Date", MailDate.format(date));
    field(out, "From", "<" + from + ">");
    field(out, "To", "<" + to + ">");
    field(out, "Subject", text(subject(vacation, original)));
    field(out, "Message-ID", "<" + UUID.randomUUID() + '@' + from.domain() + '>');
    String id = identifier(original.first("Message-ID").orElse(""));
    if (!id.isEmpty()) {
      String earlier = identifier(original.first("References").orElse(""));
      field(out, "In-Reply-To", id);
      field(out, "References", earlier.isEmpty() ? id : earlier + "\r\n " + id);
    }
    field(out, "Auto-Submitted", "auto-replied");
    field(out, "MIME-Version", "1.0");
    field(out, "Content-Type", "text/plain; charset=utf-8");
    field(out, "Content-Transfer-Encoding", "base64");
    out.append("\r\n");
    String lines = vacation.text().replace("\r\n", "\n").replace("\n", "\r\n") + "\r\n";
    byte[] body = lines.getBytes(StandardCharsets.UTF_8);
    out.append(Base64.getMimeEncoder().encodeToString(body)).append("\r\n");
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void field(StringBuilder out, String name, String value) {
    out.append(name).append(": ").append(value).append("\r\n");
  }

  private static String subject(Vacation vacation, MessageHeader original) {
    return vacation.subject().isEmpty()
        ? "Auto: " + original.first("Subject").orElse("your message")
        : vacation.subject();
  }

  /** What the other side wrote goes into a field of ours only as identifiers. */
  private static String identifier(String value) {
    boolean plain =
        value.length() < IDENTIFIERS && value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    return plain ? value.strip().replaceAll(" +", "\r\n ") : "";
  }

  /** RFC 2047 where needed: short words, so that no line grows too long. */
  private static String text(String text) {
    boolean plain = text.length() < 60 && text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    if (plain && !text.contains("=?")) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int[] characters = text.codePoints().filter(c -> !Character.isISOControl(c)).toArray();
    for (int i = 0; i < characters.length && i < 1_000; i += WORD_CHARACTERS) {
      int count = Math.min(WORD_CHARACTERS, characters.length - i);
      byte[] octets = new String(characters, i, count).getBytes(StandardCharsets.UTF_8);
      out.append(i == 0 ? "" : "\r\n ").append("=?UTF-8?B?");
      out.append(Base64.getEncoder().encodeToString(octets)).append("?=");
    }
    return out.toString();
  }
}
