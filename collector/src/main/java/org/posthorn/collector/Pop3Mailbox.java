package org.posthorn.collector;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.net.pop3.ExtendedPOP3Client.AUTH_METHOD;
import org.apache.commons.net.pop3.POP3;
import org.apache.commons.net.pop3.POP3MessageInfo;
import org.posthorn.store.StoreException;

/** An outside mailbox by POP3. */
final class Pop3Mailbox implements OutsideMailbox {
  private static final int CHUNK = 16 << 10;

  private final Pop3Connection client;

  private Pop3Mailbox(Pop3Connection client) {
    this.client = client;
  }

  static Pop3Mailbox open(Source source, Certificates certificates) throws IOException {
    Pop3Connection client = Pop3Connection.to(source, certificates);
    Pop3Mailbox mailbox = new Pop3Mailbox(client);
    boolean in = false;
    try {
      mailbox.login(source);
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
            case PASSWORD -> client.login(source.user(), password);
            case APOP -> client.login(source.user(), password, client.timestamp());
            case AUTH_PLAIN -> client.auth(AUTH_METHOD.PLAIN, source.user(), password);
            case AUTH_CRAM_MD5 -> client.auth(AUTH_METHOD.CRAM_MD5, source.user(), password);
          };
    } catch (GeneralSecurityException e) {
      throw new IOException("login is not possible", e);
    }
    if (!welcome) {
      throw new IOException("login refused: " + client.getReplyString().strip());
    }
    // Commons Net does not note that AUTH has led there.
    client.setState(POP3.TRANSACTION_STATE);
  }

  @Override
  public List<Entry> list() throws IOException {
    POP3MessageInfo[] uids = checked(client.listUniqueIdentifiers(), "UIDL");
    Map<Integer, Long> sizes = new HashMap<>();
    for (POP3MessageInfo info : checked(client.listMessages(), "LIST")) {
      sizes.put(info.number, (long) info.size);
    }
    List<Entry> entries = new ArrayList<>(uids.length);
    for (POP3MessageInfo info : uids) {
      entries.add(new Entry(info.identifier, info.number, sizes.getOrDefault(info.number, 0L)));
    }
    return entries;
  }

  private POP3MessageInfo[] checked(POP3MessageInfo[] answer, String command) throws IOException {
    if (answer == null) {
      throw new IOException(command + " refused: " + client.getReplyString().strip());
    }
    return answer;
  }

  @Override
  public void fetch(Entry message, Sink sink) throws IOException, StoreException {
    try (Reader reader = client.retrieveMessage(message.number())) {
      if (reader == null) {
        throw new IOException("RETR refused: " + client.getReplyString().strip());
      }
      char[] chunk = new char[CHUNK];
      for (int length = reader.read(chunk); length >= 0; length = reader.read(chunk)) {
        // The client reads octets as ISO 8859-1, so this gives them back.
        byte[] octets = new String(chunk, 0, length).getBytes(StandardCharsets.ISO_8859_1);
        sink.write(ByteBuffer.wrap(octets));
      }
    }
    // A connection that broke looks like the end; a server that still answers was not cut off.
    if (!client.noop()) {
      throw new IOException("the message did not come whole");
    }
  }

  @Override
  public void delete(Entry message) throws IOException {
    if (!client.deleteMessage(message.number())) {
      throw new IOException("DELE refused: " + client.getReplyString().strip());
    }
  }

  @Override
  public void finish() throws IOException {
    if (!client.logout()) {
      throw new IOException("QUIT refused: " + client.getReplyString().strip());
    }
  }

  @Override
  public void close() throws IOException {
    client.disconnect();
  }
}
