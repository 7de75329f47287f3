package org.posthorn.delivery.milter;

import java.io.ByteArrayOutputStream;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.posthorn.delivery.Spool;
import org.posthorn.delivery.check.Check;
import org.posthorn.delivery.check.Findings;
import org.posthorn.delivery.check.MessageFields;
import org.posthorn.protocol.TlsInfo;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/** One message's way through a milter: connect, helo, mail, rcpt, data, header, eoh, body, eom. */
final class MilterCheck implements Check {
  /** SMFIP_MDS is not asked for: bodies go in pieces of this size at most. */
  private static final int CHUNK = 65_535;

  private final MilterConnection milter;
  private final SmtpPeer peer;
  private final String hostname;
  private final Supplier<Spool> spools;

  /** Set once the milter has spoken its last word about this message. */
  private @Nullable Findings decided;

  MilterCheck(MilterConnection milter, SmtpPeer peer, String hostname, Supplier<Spool> spools) {
    this.milter = milter;
    this.peer = peer;
    this.hostname = hostname;
    this.spools = spools;
  }

  /** Connect and helo; a refusal is told when MAIL is answered. */
  void connect() throws StoreException {
    InetSocketAddress client = peer.connection().peer();
    String address = client.getAddress().getHostAddress();
    boolean six = client.getAddress() instanceof Inet6Address;
    String name = peer.name() == null ? '[' + address + ']' : peer.name();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    MilterPacket.string(data, name);
    data.write(six ? '6' : '4');
    data.write(client.getPort() >> 8);
    data.write(client.getPort());
    MilterPacket.string(data, six ? "IPv6:" + address : address);
    Map<String, String> macros = new LinkedHashMap<>();
    macros.put("j", hostname);
    macros.put("v", "Posthorn");
    macros.put("{daemon_name}", peer.connection().listener());
    macros.put("{client_addr}", address);
    macros.put("{client_name}", name);
    macros.put("{client_port}", Integer.toString(client.getPort()));
    step(
        MilterCodes.NO_CONNECT,
        MilterCodes.NO_REPLY_CONNECT,
        macros,
        new MilterPacket(MilterCodes.CONNECT, ByteBuffer.wrap(data.toByteArray())));
    TlsInfo tls = peer.tls();
    Map<String, String> helo = new LinkedHashMap<>();
    if (tls != null) {
      helo.put("{tls_version}", tls.protocol());
      helo.put("{cipher}", tls.cipherSuite());
    }
    step(
        MilterCodes.NO_HELO,
        MilterCodes.NO_REPLY_HELO,
        helo,
        MilterPacket.of(MilterCodes.HELO, peer.helo()));
  }

  @Override
  public Verdict from(ReversePath sender, MailParameters parameters) throws StoreException {
    Map<String, String> macros = new LinkedHashMap<>();
    macros.put("i", peer.connection().id());
    macros.put("{mail_addr}", sender.toString());
    if (peer.user() != null) {
      macros.put("{auth_authen}", peer.user().account());
      macros.put("{auth_type}", "SASL");
    }
    step(
        MilterCodes.NO_MAIL,
        MilterCodes.NO_REPLY_MAIL,
        macros,
        MilterPacket.of(MilterCodes.MAIL, words(sender.toString(), parameters.values())));
    return refusal();
  }

  /** A refusal of one recipient leaves the message alive. */
  @Override
  public Verdict recipient(Recipient recipient) throws StoreException {
    if (decided != null) {
      return refusal();
    }
    String address = recipient.address().toString();
    step(
        MilterCodes.NO_RCPT,
        MilterCodes.NO_REPLY_RCPT,
        Map.of("{rcpt_addr}", address),
        MilterPacket.of(MilterCodes.RCPT, words(address, recipient.parameters())));
    Verdict refusal = refusal();
    if (!refusal.accepted()) {
      decided = null;
    }
    return refusal;
  }

  private static String[] words(String address, Map<String, String> parameters) {
    List<String> words = new ArrayList<>();
    words.add('<' + address + '>');
    parameters.forEach((name, value) -> words.add(value.isEmpty() ? name : name + '=' + value));
    return words.toArray(String[]::new);
  }

  private Verdict refusal() {
    Findings made = decided;
    Verdict refusal = made == null ? null : made.refusal();
    return refusal == null ? Verdict.OK : refusal;
  }

  @Override
  public Findings content(Spool content) throws StoreException {
    step(
        MilterCodes.NO_DATA,
        MilterCodes.NO_REPLY_DATA,
        Map.of("i", peer.connection().id()),
        MilterPacket.of(MilterCodes.DATA));
    MessageFields message = MessageFields.of(content);
    for (byte[] field : message.fields()) {
      step(
          MilterCodes.NO_HEADERS,
          MilterCodes.NO_REPLY_HEADER,
          Map.of(),
          MilterPacket.of(MilterCodes.HEADER, MessageFields.name(field), value(field)));
    }
    step(
        MilterCodes.NO_END_OF_HEADER,
        MilterCodes.NO_REPLY_END_OF_HEADER,
        Map.of(),
        MilterPacket.of(MilterCodes.END_OF_HEADER));
    if (decided == null && !milter.wants(MilterCodes.NO_BODY)) {
      body(content, message.bodyAt());
    }
    Findings made = decided;
    return made == null ? endOfMessage() : made;
  }

  /** Lines of a value are parted by LF alone. */
  private String value(byte[] field) {
    String latin = MessageFields.value(field).replace("\r\n", "\n");
    String value = new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    boolean asIs = milter.wants(MilterCodes.LEADING_SPACE);
    return asIs || !value.startsWith(" ") ? value : value.substring(1);
  }

  private void body(Spool content, long from) throws StoreException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    long position = from;
    int read = 0;
    while (read >= 0 && decided == null) {
      chunk.clear();
      do {
        read = content.read(position, chunk);
        position += Math.max(read, 0);
      } while (read >= 0 && chunk.hasRemaining());
      if (chunk.position() == 0) {
        return;
      }
      milter.send(new MilterPacket(MilterCodes.BODY, chunk.flip()));
      if (!milter.wants(MilterCodes.NO_REPLY_BODY)) {
        MilterPacket answer = milter.receive();
        if (answer.code() == MilterCodes.SKIPPING) {
          return;
        }
        decided = MilterAnswer.decision(answer, milter);
      }
    }
  }

  private Findings endOfMessage() throws StoreException {
    milter.macros(MilterCodes.END_OF_BODY, Map.of("i", peer.connection().id()));
    milter.send(MilterPacket.of(MilterCodes.END_OF_BODY));
    MilterChanges changes = new MilterChanges(milter, spools);
    Findings made = changes.read();
    decided = made;
    return made;
  }

  /** One step, unless it is not wanted or nothing is left to decide. */
  private void step(int unwanted, int silent, Map<String, String> macros, MilterPacket packet)
      throws StoreException {
    if (decided != null || milter.wants(unwanted)) {
      return;
    }
    if (!macros.isEmpty()) {
      milter.macros(packet.code(), macros);
    }
    milter.send(packet);
    if (!milter.wants(silent)) {
      decided = MilterAnswer.decision(milter.receive(), milter);
    }
  }

  @Override
  public void close() throws StoreException {
    milter.close();
  }
}
