package org.posthorn.imap.exact;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.ParameterList;
import jakarta.mail.internet.ParseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What Angus Mail sees in a message. */
final class AngusFacts {
  private static final List<String> TEXTS = List.of("Date", "Subject", "In-Reply-To", "Message-ID");
  private static final List<String> ADDRESSES =
      List.of("From", "Sender", "Reply-To", "To", "Cc", "Bcc");

  static {
    System.setProperty("mail.mime.multipart.allowempty", "true");
    System.setProperty("mail.mime.parameters.strict", "false");
    System.setProperty("mail.mime.contentdisposition.strict", "false");
  }

  private static final Session SESSION = Session.getInstance(new Properties());

  private final Facts facts = new Facts();

  private AngusFacts() {}

  static Facts of(byte[] message) throws IOException {
    AngusFacts angus = new AngusFacts();
    try {
      MimeMessage whole = new MimeMessage(SESSION, new ByteArrayInputStream(message));
      angus.envelope("", whole);
      angus.part("", whole);
    } catch (MessagingException e) {
      angus.facts.tree("refused: " + e.getMessage());
    }
    return angus.facts;
  }

  private void envelope(String path, MimePart message) throws MessagingException {
    for (String name : TEXTS) {
      facts.put(path, name.toLowerCase(Locale.ROOT), text(message, name));
    }
    AddressFacts from = new AddressFacts();
    for (String name : ADDRESSES) {
      AddressFacts list = addresses(message.getHeader(name, ","));
      if (name.equals("From")) {
        from = list;
      }
      boolean stands = list.isEmpty() && (name.equals("Sender") || name.equals("Reply-To"));
      (stands ? from : list).into(facts, path, name.toLowerCase(Locale.ROOT));
    }
  }

  private static AddressFacts addresses(@Nullable String value) {
    AddressFacts list = new AddressFacts();
    if (value != null) {
      try {
        String disguised = AddressFacts.disguised(Facts.unfolded(value));
        for (InternetAddress address : InternetAddress.parseHeader(disguised, false)) {
          address(address, list);
        }
      } catch (AddressException e) {
        list.address("refused", null, e.getMessage(), "");
      }
    }
    return list;
  }

  private static void address(InternetAddress address, AddressFacts list) throws AddressException {
    String text = AddressFacts.plain(address.getAddress());
    if (address.isGroup()) {
      list.groupStart(unquoted(text.substring(0, text.indexOf(':')).strip()));
      InternetAddress[] members = address.getGroup(false);
      for (InternetAddress member : members == null ? new InternetAddress[0] : members) {
        address(member, list);
      }
      list.groupEnd();
      return;
    }
    String route = null;
    if (text.startsWith("@") && text.indexOf(':') > 0) {
      route = text.substring(0, text.indexOf(':'));
      text = text.substring(text.indexOf(':') + 1);
    }
    int at = text.lastIndexOf('@');
    String name = address.getPersonal();
    list.address(
        name == null ? null : AddressFacts.plain(name),
        route,
        unquoted(at < 0 ? text : text.substring(0, at)),
        at < 0 ? "" : text.substring(at + 1));
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1") : text;
  }

  private void part(String path, MimePart part) throws IOException, MessagingException {
    String raw = first(part, "Content-Type");
    if (raw == null) {
      facts.put(path, "param charset", "us-ascii");
    } else {
      parameters(path, "param", new ContentType(part.getContentType()).getParameterList());
    }
    disposition(path, part);
    facts.put(path, "id", text(part, "Content-ID"));
    facts.put(path, "description", text(part, "Content-Description"));
    facts.put(path, "md5", text(part, "Content-MD5"));
    facts.put(path, "location", text(part, "Content-Location"));
    String[] languages = part.getContentLanguage();
    facts.put(path, "language", languages == null ? null : String.join(",", languages));
    String type = new ContentType(part.getContentType()).getBaseType().toLowerCase(Locale.ROOT);
    facts.tree(type);
    if (type.startsWith("multipart/")) {
      facts.silent(path, "id");
      facts.silent(path, "description");
      facts.silent(path, "md5");
      multipart(path, (Multipart) part.getContent());
      facts.tree(",");
      return;
    }
    String encoding = part.getEncoding();
    facts.put(path, "encoding", encoding == null ? "7bit" : encoding.toLowerCase(Locale.ROOT));
    byte[] body =
        part instanceof MimeMessage message
            ? message.getRawInputStream().readAllBytes()
            : ((MimeBodyPart) part).getRawInputStream().readAllBytes();
    facts.put(path, "size", Integer.toString(body.length));
    if (type.equals("message/rfc822")) {
      facts.tree("(");
      MimeMessage embedded = (MimeMessage) part.getContent();
      envelope(path + "m/", embedded);
      part(path + "m/", embedded);
      facts.tree(")");
    } else if (type.startsWith("text/")) {
      facts.put(path, "lines", Facts.lines(body));
    }
    facts.tree(",");
  }

  private void multipart(String path, Multipart multipart) throws IOException, MessagingException {
    facts.tree("(");
    for (int i = 0; i < multipart.getCount(); i++) {
      part(path + (i + 1) + "/", (MimePart) multipart.getBodyPart(i));
    }
    facts.tree(")");
  }

  private void disposition(String path, MimePart part) throws MessagingException {
    String raw = first(part, "Content-Disposition");
    if (raw != null) {
      try {
        ContentDisposition disposition = new ContentDisposition(raw);
        String kind = disposition.getDisposition();
        facts.put(path, "disposition", kind == null ? null : kind.toLowerCase(Locale.ROOT));
        parameters(path, "disposition param", disposition.getParameterList());
      } catch (ParseException e) {
        facts.put(path, "disposition", "refused: " + e.getMessage());
      }
    }
  }

  private void parameters(String path, String of, @Nullable ParameterList parameters) {
    if (parameters != null) {
      for (Enumeration<String> names = parameters.getNames(); names.hasMoreElements(); ) {
        String name = names.nextElement();
        facts.parameter(path, of, name, String.valueOf(parameters.get(name)));
      }
    }
  }

  private static @Nullable String text(MimePart part, String name) throws MessagingException {
    String raw = first(part, name);
    return raw == null ? null : Facts.unfolded(raw);
  }

  private static @Nullable String first(MimePart part, String name) throws MessagingException {
    String[] values = part.getHeader(name);
    return values == null ? null : values[0];
  }
}
