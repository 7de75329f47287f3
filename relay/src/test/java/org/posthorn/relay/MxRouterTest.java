package org.posthorn.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthorn.smtp.client.ClientSettings;

/** Against a name server on loopback. */
class MxRouterTest {
  private DnsServer dns;
  private MxRouter router;

  @BeforeEach
  void start() throws IOException {
    dns = DnsServer.start();
    router = new MxRouter(dns.resolver(), ClientSettings.smtp("mx2.own.example"), 2_525);
  }

  @AfterEach
  void stop() throws IOException {
    dns.close();
  }

  private String route(String domain) {
    Route route = router.route(domain);
    if (route instanceof Route.None none) {
      return none.verdict().code() + " " + none.verdict().enhanced();
    }
    List<Route.Hop> hops = ((Route.Servers) route).hops();
    return String.join(" ", hops.stream().map(hop -> hop.host() + ":" + hop.port()).toList());
  }

  @Test
  void serversByPreference() {
    dns.mx("a.example", 20, "late.a.example")
        .mx("a.example", 10, "Early.a.example")
        .mx("a.example", 30, "last.a.example");
    assertEquals(
        "early.a.example:2525 late.a.example:2525 last.a.example:2525", route("a.example"));
  }

  @Test
  void withoutMxTheDomainItself() {
    dns.a("b.example", "127.0.0.1");
    assertEquals("b.example:2525", route("b.example"));
  }

  @Test
  void aNullMxTakesNoMail() {
    dns.mx("c.example", 0, ".");
    assertEquals("556 5.1.10", route("c.example"));
  }

  @Test
  void unknownDomainsAndBrokenServers() {
    dns.broken("d.example");
    assertEquals("550 5.1.2", route("nowhere.example"));
    assertEquals("451 4.4.3", route("d.example"));
  }

  @Test
  void noServerThatIsNotBeforeOurselves() {
    dns.mx("own.example", 10, "mx1.own.example")
        .mx("own.example", 20, "MX2.own.example")
        .mx("own.example", 30, "mx3.own.example");
    assertEquals("mx1.own.example:2525", route("own.example"));
    dns.mx("loop.example", 10, "mx2.own.example");
    assertEquals("554 5.4.6", route("loop.example"));
  }

  @Test
  void anAnswerTooLongForADatagramComesByTcp() {
    for (int i = 0; i < 40; i++) {
      dns.mx("long.example", i, "mail-exchanger-number-" + i + ".long.example");
    }
    assertEquals(10, route("long.example").split(" ", -1).length);
  }

  @Test
  void addressLiterals() {
    assertEquals("127.0.0.1:2525", route("[127.0.0.1]"));
    assertEquals("::1:2525", route("[IPv6:::1]"));
    assertEquals("550 5.1.2", route("[x400:somewhere]"));
  }

  @Test
  void addressesOfHosts() {
    dns.a("host.example", "127.0.0.7").broken("broken.example");
    HostAddresses addresses = HostAddresses.from(dns.resolver());
    assertEquals("127.0.0.7", addresses.of("host.example").addresses().get(0).getHostAddress());
    assertEquals("127.0.0.9", addresses.of("127.0.0.9").addresses().get(0).getHostAddress());
    assertEquals("5.4.4", addresses.of("nohost.example").failure().orElseThrow().enhanced());
    assertEquals("4.4.3", addresses.of("broken.example").failure().orElseThrow().enhanced());
  }

  @Test
  void localDomainsStayHere() {
    Router local = Router.local(Set.of("Own.example"), router);
    assertEquals(new Route.Here(), local.route("own.example"));
    assertEquals(new Route.Here(), local.route(""));
    assertEquals("5.1.2", ((Route.None) local.route("nowhere.example")).verdict().enhanced());
  }

  private static List<String> proven(Route route) {
    return ((Route.Servers) route)
        .hops().stream().filter(Route.Hop::proven).map(Route.Hop::host).toList();
  }

  /** RFC 8689 section 4.2.1. */
  @Test
  void serversAreProvenBySignaturesWhereTheResolverIsBelieved() {
    dns.mx("signed.example", 10, "mx.signed.example").signed("signed.example");
    dns.mx("plain.example", 10, "mx.plain.example");
    dns.a("bare.example", "127.0.0.1").signed("bare.example");
    MxRouter believing = router.believingSignatures();
    assertEquals(List.of("mx.signed.example"), proven(believing.route("signed.example")));
    assertEquals(List.of("bare.example"), proven(believing.route("bare.example")));
    assertEquals(List.of(), proven(believing.route("plain.example")));
    assertEquals(List.of(), proven(router.route("signed.example")), "nobody believes it");
    assertTrue(believing.provesNames());
    assertFalse(router.provesNames());
  }
}
