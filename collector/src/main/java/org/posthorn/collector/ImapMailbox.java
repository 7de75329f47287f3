package org.posthorn.collector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.net.imap.AuthenticatingIMAPClient;
import org.apache.commons.net.imap.AuthenticatingIMAPClient.AUTH_METHOD;
import org.apache.commons.net.imap.IMAPCommand;
import org.posthorn.store.StoreException;

/** An outside mailbox by IMAP. */
final class ImapMailbox implements OutsideMailbox {
  private static final int CHUNK = 64 << 10;
  private static final Pattern UID_VALIDITY = Pattern.compile("\\[UIDVALIDITY (\\d+)\\]");
  private static final Pattern UID = Pattern.compile("\\bUID (\\d+)");
  private static final Pattern SIZE = Pattern.compile("\\bRFC822\\.SIZE (\\d+)");
  private static final Pattern NUMBER = Pattern.compile("^\\* (\\d+) FETCH ");
  private static final Pattern LITERAL = Pattern.compile("BODY\\[\\]<\\d+> \\{(\\d+)\\}\r\n");

  private final AuthenticatingIMAPClient client;
  private String validity = "";

  private ImapMailbox(AuthenticatingIMAPClient client) {
    this.client = client;
  }

  static ImapMailbox open(Source source, Certificates certificates) throws IOException {
    boolean implicit = source.security() == Security.IMPLICIT;
    AuthenticatingIMAPClient client =
        new AuthenticatingIMAPClient(implicit, certificates.context());
    int millis = (int) source.patience().toMillis();
    client.setConnectTimeout(millis);
    client.setDefaultTimeout(millis);
    client.setEndpointCheckingEnabled(true);
    ImapMailbox mailbox = new ImapMailbox(client);
    boolean in = false;
    try {
      client.connect(source.host(), source.port());
      client.setSoTimeout(millis);
      if (source.security() == Security.STARTTLS && !client.execTLS()) {
        throw new IOException("the server refuses TLS");
      }
      mailbox.login(source);
      mailbox.select(source.mailbox());
      in = true;
      return mailbox;
    } finally {
      if (!in) {
        client.disconnect();
      }
    }
  }

  private void login(Source source) throws IOException {
    String password = source.password().revealText();
    boolean welcome;
    try {
      welcome =
          switch (source.login()) {
            case PASSWORD ->
                client.doCommand(IMAPCommand.LOGIN, quoted(source.user()) + ' ' + quoted(password));
            case AUTH_PLAIN -> client.auth(AUTH_METHOD.PLAIN, source.user(), password);
            case AUTH_CRAM_MD5 -> client.auth(AUTH_METHOD.CRAM_MD5, source.user(), password);
            case APOP -> throw new IOException("APOP is of POP3");
          };
    } catch (GeneralSecurityException e) {
      throw new IOException("login is not possible", e);
    }
    check(welcome, "login");
  }

  private void select(String mailbox) throws IOException {
    check(client.doCommand(IMAPCommand.SELECT, quoted(mailbox)), "SELECT");
    Matcher found = UID_VALIDITY.matcher(client.getReplyString());
    if (!found.find()) {
      throw new IOException("the server does not tell UIDVALIDITY");
    }
    validity = found.group(1);
  }

  private void check(boolean done, String command) throws IOException {
    if (!done) {
      String[] lines = client.getReplyStrings();
      String last = lines.length == 0 ? "" : lines[lines.length - 1];
      throw new IOException(command + " refused: " + last);
    }
  }

  /** Of one message. */
  private void checkOne(boolean done, String command) throws IOException {
    try {
      check(done, command);
    } catch (IOException e) {
      throw (IOException) new RefusedByServerException(String.valueOf(e.getMessage())).initCause(e);
    }
  }

  private static String quoted(String text) throws IOException {
    if (text.chars().anyMatch(c -> c < ' ' || c >= 0x7f)) {
      throw new IOException("name or password has characters that cannot be sent");
    }
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  @Override
  public List<Entry> list() throws IOException {
    List<Entry> entries = new ArrayList<>();
    check(client.uid("FETCH", "1:* (UID RFC822.SIZE)"), "FETCH");
    for (String line : client.getReplyStrings()) {
      Matcher number = NUMBER.matcher(line);
      Matcher uid = UID.matcher(line);
      Matcher size = SIZE.matcher(line);
      if (number.find() && uid.find() && size.find()) {
        entries.add(
            new Entry(
                validity + '.' + uid.group(1),
                Integer.parseInt(number.group(1)),
                Long.parseLong(size.group(1))));
      }
    }
    return entries;
  }

  private static String uid(Entry message) {
    return message.uid().substring(message.uid().indexOf('.') + 1);
  }

  @Override
  public void fetch(Entry message, Sink sink) throws IOException, StoreException {
    for (long at = 0; at < message.octets(); ) {
      checkOne(
          client.uid("FETCH", uid(message) + " (BODY.PEEK[]<" + at + '.' + CHUNK + ">)"), "FETCH");
      String reply = client.getReplyString();
      Matcher literal = LITERAL.matcher(reply);
      if (!literal.find()) {
        throw new RefusedByServerException("the message is gone");
      }
      int length = Integer.parseInt(literal.group(1));
      if (length == 0 || literal.end() + length > reply.length()) {
        throw new IOException("the message did not come whole");
      }
      // The client reads octets as ISO 8859-1, so this gives them back.
      String octets = reply.substring(literal.end(), literal.end() + length);
      sink.write(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)));
      at += length;
    }
  }

  @Override
  public void delete(Entry message) throws IOException {
    checkOne(client.uid("STORE", uid(message) + " +FLAGS.SILENT (\\Deleted)"), "STORE");
    if (client.doCommand(IMAPCommand.CAPABILITY)
        && client.getReplyString().toUpperCase(Locale.ROOT).contains("UIDPLUS")) {
      checkOne(client.uid("EXPUNGE", uid(message)), "EXPUNGE");
    } else {
      checkOne(client.expunge(), "EXPUNGE");
    }
  }

  @Override
  public void finish() throws IOException {
    check(client.logout(), "LOGOUT");
  }

  @Override
  public void close() throws IOException {
    client.disconnect();
  }
}
