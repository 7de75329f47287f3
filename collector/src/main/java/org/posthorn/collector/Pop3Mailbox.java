package org.posthorn.collector;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.net.pop3.ExtendedPOP3Client.AUTH_METHOD;
import org.apache.commons.net.pop3.POP3;
import org.apache.commons.net.pop3.POP3MessageInfo;
import org.posthorn.store.StoreException;

/** An outside mailbox by POP3. */
final class Pop3Mailbox implements OutsideMailbox {
  private static final int CHUNK = 16 << 10;

  private final Pop3Connection client;
  private final long octets;
  private boolean namesByContent;

  private Pop3Mailbox(Pop3Connection client, long octets) {
    this.client = client;
    this.octets = octets;
  }

  static Pop3Mailbox open(Source source, Certificates certificates) throws IOException {
    Pop3Connection client = Pop3Connection.to(source, certificates);
    Pop3Mailbox mailbox = new Pop3Mailbox(client, source.octets());
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
  public List<Entry> list() throws IOException, StoreException {
    POP3MessageInfo status = client.status();
    if (status == null) {
      throw new IOException("STAT refused: " + said());
    }
    if (status.number == 0) {
      return List.of(); // some servers refuse to list nothing
    }
    Map<Integer, Long> sizes = new TreeMap<>();
    for (POP3MessageInfo info : checked(client.listMessages(), "LIST")) {
      sizes.put(info.number, (long) info.size);
    }
    POP3MessageInfo[] uids = client.listUniqueIdentifiers();
    if (uids == null) {
      return byContent(sizes);
    }
    List<Entry> entries = new ArrayList<>(uids.length);
    for (POP3MessageInfo info : uids) {
      entries.add(new Entry(info.identifier, info.number, sizes.getOrDefault(info.number, 0L)));
    }
    return entries;
  }

  /**
   * UIDL is optional (RFC 1939 section 7): without it every message is read once more, for a digest
   * of it, and a number where several are the same.
   */
  private List<Entry> byContent(Map<Integer, Long> sizes) throws IOException, StoreException {
    namesByContent = true;
    List<Entry> entries = new ArrayList<>();
    Map<String, Integer> same = new HashMap<>();
    for (Map.Entry<Integer, Long> message : sizes.entrySet()) {
      Entry unnamed = new Entry("", message.getKey(), message.getValue());
      String name = unnamed.octets() > octets ? "too big" : digest(unnamed);
      int number = same.merge(name, 1, Integer::sum);
      entries.add(new Entry(name + '#' + number, unnamed.number(), unnamed.octets()));
    }
    return entries;
  }

  /** What the server does not give now it will not give when it is to be fetched, either. */
  private String digest(Entry message) throws IOException, StoreException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      fetch(message, digest::update);
      return HexFormat.of().formatHex(digest.digest());
    } catch (RefusedByServerException e) {
      return "not given";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean namesByContent() {
    return namesByContent;
  }

  private String said() {
    return String.valueOf(client.getReplyString()).strip();
  }

  private POP3MessageInfo[] checked(POP3MessageInfo[] answer, String command) throws IOException {
    if (answer == null) {
      throw new IOException(command + " refused: " + said());
    }
    return answer;
  }

  @Override
  public void fetch(Entry message, Sink sink) throws IOException, StoreException {
    try (Reader reader = client.retrieveMessage(message.number())) {
      if (reader == null) {
        throw new RefusedByServerException("RETR refused: " + said());
      }
      char[] chunk = new char[CHUNK];
      for (int length = reader.read(chunk); length >= 0; length = reader.read(chunk)) {
        // The client reads octets as ISO 8859-1, so this gives them back.
        byte[] octets = new String(chunk, 0, length).getBytes(StandardCharsets.ISO_8859_1);
        sink.write(ByteBuffer.wrap(octets));
      }
    }
    // A connection that broke looks like the end; a server that still answers, whatever it may
    // say, was not cut off.
    boolean unused = client.noop();
  }

  @Override
  public void delete(Entry message) throws IOException {
    if (!client.deleteMessage(message.number())) {
      throw new RefusedByServerException("DELE refused: " + said());
    }
  }

  @Override
  public void finish() throws IOException {
    if (!client.logout()) {
      throw new IOException("QUIT refused: " + said());
    }
  }

  @Override
  public void close() throws IOException {
    client.disconnect();
  }
}
