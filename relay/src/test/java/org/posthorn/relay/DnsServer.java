package org.posthorn.relay;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;

/** A name server on loopback, over UDP and TCP, that knows what it was told. */
public final class DnsServer implements AutoCloseable {
  private static final int TTL = 0;
  private static final int UDP_OCTETS = 512;

  private final Map<Name, List<Record>> zone = new ConcurrentHashMap<>();
  private final Set<Name> broken = ConcurrentHashMap.newKeySet();
  private final Set<Name> signed = ConcurrentHashMap.newKeySet();
  private final DatagramSocket udp;
  private final ServerSocket tcp;

  private DnsServer(DatagramSocket udp, ServerSocket tcp) {
    this.udp = udp;
    this.tcp = tcp;
  }

  public static DnsServer start() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    ServerSocket tcp = new ServerSocket(0, 10, loopback);
    DatagramSocket udp = new DatagramSocket(new InetSocketAddress(loopback, tcp.getLocalPort()));
    DnsServer server = new DnsServer(udp, tcp);
    Thread datagrams = new Thread(server::datagrams, "dns-udp");
    Thread streams = new Thread(server::streams, "dns-tcp");
    datagrams.setDaemon(true);
    streams.setDaemon(true);
    datagrams.start();
    streams.start();
    return server;
  }

  public int port() {
    return tcp.getLocalPort();
  }

  public Resolver resolver() {
    SimpleResolver resolver = new SimpleResolver(InetAddress.getLoopbackAddress());
    resolver.setPort(port());
    return resolver;
  }

  public DnsServer mx(String domain, int preference, String host) {
    Name name = name(domain);
    return add(new MXRecord(name, DClass.IN, TTL, preference, name(host)));
  }

  public DnsServer a(String host, String address) {
    try {
      return add(new ARecord(name(host), DClass.IN, TTL, InetAddress.getByName(address)));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address, e);
    }
  }

  public DnsServer txt(String name, String text) {
    return add(new TXTRecord(name(name), DClass.IN, TTL, text));
  }

  /** Forgets what it was told of a name. */
  DnsServer forget(String name) {
    zone.remove(name(name));
    return this;
  }

  /** Says that what it answers about a name is signed, and the signature verified. */
  DnsServer signed(String domain) {
    signed.add(name(domain));
    return this;
  }

  /** Answers SERVFAIL for a name. */
  public DnsServer broken(String domain) {
    broken.add(name(domain));
    return this;
  }

  private DnsServer add(Record record) {
    zone.computeIfAbsent(record.getName(), n -> new ArrayList<>()).add(record);
    return this;
  }

  private static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private void datagrams() {
    byte[] buffer = new byte[UDP_OCTETS];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        byte[] answer =
            answer(new Message(java.util.Arrays.copyOf(buffer, packet.getLength())), UDP_OCTETS);
        udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      }
    } catch (SocketException closed) {
      // the test is over
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void streams() {
    try {
      while (true) {
        try (Socket socket = tcp.accept()) {
          DataInputStream in = new DataInputStream(socket.getInputStream());
          byte[] question = new byte[in.readUnsignedShort()];
          in.readFully(question);
          byte[] answer = answer(new Message(question), 65_535);
          DataOutputStream out = new DataOutputStream(socket.getOutputStream());
          out.writeShort(answer.length);
          out.write(answer);
        }
      }
    } catch (SocketException closed) {
      // the test is over
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] answer(Message question, int room) {
    Record asked = question.getQuestion();
    Message answer = new Message(question.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.AA);
    answer.getHeader().setFlag(Flags.RA);
    answer.addRecord(asked, Section.QUESTION);
    if (signed.contains(asked.getName()) && question.getHeader().getFlag(Flags.AD)) {
      answer.getHeader().setFlag(Flags.AD);
    }
    List<Record> known = zone.get(asked.getName());
    if (broken.contains(asked.getName())) {
      answer.getHeader().setRcode(Rcode.SERVFAIL);
    } else if (known == null) {
      answer.getHeader().setRcode(Rcode.NXDOMAIN);
    } else {
      for (Record record : known) {
        if (record.getType() == asked.getType()) {
          answer.addRecord(record, Section.ANSWER);
        }
      }
    }
    return answer.toWire(room);
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }
}
