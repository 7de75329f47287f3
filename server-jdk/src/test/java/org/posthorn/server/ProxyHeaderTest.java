package org.posthorn.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.protocol.IpLiteral;

class ProxyHeaderTest {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static ByteBuffer hex(String text) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(text));
  }

  @Test
  void readsVersion1AndLeavesTheRest() throws ProxyHeader.SyntaxException {
    ByteBuffer in = ascii("PROXY TCP4 192.0.2.1 192.0.2.2 1 65535\r\nrest");
    assertEquals(
        new ProxyHeader(
            new InetSocketAddress("192.0.2.1", 1), new InetSocketAddress("192.0.2.2", 65535)),
        ProxyHeader.read(in));
    assertEquals(4, in.remaining());
  }

  @Test
  void readsVersion2() throws ProxyHeader.SyntaxException {
    // IPv4, with a TLV behind the addresses
    ByteBuffer in =
        hex(SIGNATURE + "2111" + "0010" + "c0000201c0000202" + "1267008f" + "04000100" + "41");
    assertEquals(
        new ProxyHeader(
            new InetSocketAddress("192.0.2.1", 4711), new InetSocketAddress("192.0.2.2", 143)),
        ProxyHeader.read(in));
    assertEquals(1, in.remaining());
    String v6 = "20010db8000000000000000000000001" + "20010db8000000000000000000000002";
    assertEquals(
        new ProxyHeader(
            new InetSocketAddress("2001:db8::1", 4711), new InetSocketAddress("2001:db8::2", 143)),
        ProxyHeader.read(hex(SIGNATURE + "2121" + "0024" + v6 + "1267008f")));
  }

  @Test
  void keepsTheConnectionsOwnAddressesWhereTheProxySpeaksForItself()
      throws ProxyHeader.SyntaxException {
    for (ByteBuffer in :
        new ByteBuffer[] {
          ascii("PROXY UNKNOWN\r\n"),
          ascii("PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n"),
          hex(SIGNATURE + "2000" + "0000"),
          hex(SIGNATURE + "2011" + "000c" + "c0000201c0000202" + "1267008f")
        }) {
      ProxyHeader header = ProxyHeader.read(in);
      assertNotNull(header);
      assertNull(header.peer());
      assertEquals(0, in.remaining());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a1 LOGIN\r\n",
        "PROXY \r\n",
        "PROXY TCP4 localhost 192.0.2.2 1 2\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 1 65536\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 1 -2\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.256 1 2\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 1\r\n",
        "PROXY TCP4 192.0.2.1  192.0.2.2 1 2\r\n",
        "PROXY TCP6 192.0.2.1 192.0.2.2 1 2\r\n",
        "PROXY TCP6 :::1 ::2 1 2\r\n",
        "PROXY UDP4 192.0.2.1 192.0.2.2 1 2\r\n"
      })
  void refusesWhatIsNoHeader(String text) {
    assertThrows(ProxyHeader.SyntaxException.class, () -> ProxyHeader.read(ascii(text)));
  }

  @Test
  void refusesHeadersThatNeverEnd() {
    assertThrows(
        ProxyHeader.SyntaxException.class,
        () -> ProxyHeader.read(ascii("PROXY TCP4 " + "1".repeat(ProxyHeader.MAX_V1))));
    assertThrows(
        ProxyHeader.SyntaxException.class,
        () -> ProxyHeader.read(hex(SIGNATURE + "2111" + "ffff")));
    assertThrows(
        ProxyHeader.SyntaxException.class,
        () -> ProxyHeader.read(hex(SIGNATURE + "2111" + "0004" + "c0000201")));
    assertThrows(
        ProxyHeader.SyntaxException.class,
        () -> ProxyHeader.read(hex(SIGNATURE + "1111" + "0000")));
  }

  @Test
  void waitsForTheWholeHeader() throws ProxyHeader.SyntaxException {
    for (ByteBuffer whole :
        new ByteBuffer[] {
          ascii("PROXY TCP6 2001:db8::1 2001:db8::2 4711 143\r\n"),
          hex(SIGNATURE + "2111" + "000c" + "c0000201c0000202" + "1267008f")
        }) {
      for (int n = 0; n < whole.limit(); n++) {
        ByteBuffer part = whole.duplicate().limit(n);
        assertNull(ProxyHeader.read(part));
        assertEquals(n, part.remaining());
      }
      assertNotNull(ProxyHeader.read(whole));
    }
  }

  /** What a proxy writes, in both versions, is what is read. */
  @Property
  void addressesAreReadAgain(
      @ForAll @Size(4) byte[] v4,
      @ForAll @Size(16) byte[] v6,
      @ForAll @IntRange(max = 65_535) int port,
      @ForAll boolean six,
      @ForAll @IntRange(max = 40) int tlvOctets)
      throws Exception {
    byte[] address = six ? v6 : v4;
    InetAddress peer = InetAddress.getByAddress(address);
    if (peer.getAddress().length != address.length) {
      return; // an IPv4 address in the clothes of IPv6 is none of IPv6 any more
    }
    InetAddress local = six ? IpLiteral.parse("::1") : IpLiteral.parse("127.0.0.1");
    ProxyHeader expected =
        new ProxyHeader(new InetSocketAddress(peer, port), new InetSocketAddress(local, 25));
    String line =
        String.join(
            " ",
            "PROXY",
            six ? "TCP6" : "TCP4",
            peer.getHostAddress(),
            local.getHostAddress(),
            Integer.toString(port),
            "25\r\n");
    assertEquals(expected, ProxyHeader.read(ascii(line)));
    ByteBuffer version2 =
        ByteBuffer.allocate(200)
            .put(HexFormat.of().parseHex(SIGNATURE + "21" + (six ? "21" : "11")))
            .putShort((short) (2 * address.length + 4 + tlvOctets))
            .put(address)
            .put(local.getAddress())
            .putShort((short) port)
            .putShort((short) 25)
            .put(new byte[tlvOctets])
            .put((byte) 'x')
            .flip();
    assertEquals(expected, ProxyHeader.read(version2));
    assertEquals(1, version2.remaining());
  }

  @Property
  void throwsNothingButItsSyntaxError(
      @ForAll @Size(max = 80) byte[] random, @ForAll boolean version2) {
    byte[] begin =
        version2
            ? hex(SIGNATURE + "21").array()
            : "PROXY TCP6 ".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer in = ByteBuffer.allocate(begin.length + random.length).put(begin).put(random).flip();
    int before = in.remaining();
    try {
      if (ProxyHeader.read(in) == null) {
        assertEquals(before, in.remaining());
      }
    } catch (ProxyHeader.SyntaxException e) {
      assertNotNull(e.getMessage());
    }
  }
}
