package org.posthorn.mime;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimePart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Properties;

/** The structure of a message as Angus Mail sees it: media types and body sizes. */
final class AngusTree {

  private static final Session SESSION = Session.getInstance(new Properties());

  private AngusTree() {}

  static String theirs(byte[] message) throws IOException, MessagingException {
    StringBuilder tree = new StringBuilder();
    message(new MimeMessage(SESSION, new ByteArrayInputStream(message)), tree);
    return tree.toString();
  }

  private static void message(MimeMessage message, StringBuilder tree)
      throws IOException, MessagingException {
    tree.append('{');
    part(message, tree);
    tree.append("},");
  }

  private static void part(MimePart part, StringBuilder tree)
      throws IOException, MessagingException {
    String type = part.getContentType();
    int end = type.indexOf(';');
    String mediaType = (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    if (part.isMimeType("multipart/*")) {
      Multipart multipart = (Multipart) part.getContent();
      tree.append(mediaType).append('[');
      for (int i = 0; i < multipart.getCount(); i++) {
        part((MimePart) multipart.getBodyPart(i), tree);
      }
      tree.append("],");
    } else if (part.isMimeType("message/rfc822")) {
      message((MimeMessage) part.getContent(), tree);
    } else {
      tree.append(mediaType).append(' ').append(size(part)).append(',');
    }
  }

  private static int size(MimePart part) throws IOException, MessagingException {
    if (part instanceof MimeMessage message) {
      return message.getRawInputStream().readAllBytes().length;
    }
    return ((jakarta.mail.internet.MimeBodyPart) part).getRawInputStream().readAllBytes().length;
  }
}
