package org.posthorn.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.smtp.client.ClientSettings;
import org.posthorn.smtp.client.TlsUse;
import org.posthorn.testkit.SetClock;

/** RFC 8461, with a name server and policies on loopback. */
class MtaStsTest {
  private static final String ENFORCED =
      """
      version: STSv1
      mode: enforce
      mx: mx1.a.example
      mx: *.b.example
      max_age: 3600
      """;

  private final Map<String, String> policies = new ConcurrentHashMap<>();
  private final AtomicInteger fetched = new AtomicInteger();
  private final SetClock clock = new SetClock();
  private DnsServer dns;
  private MxRouter router;
  private MtaSts sts = new MtaSts(new org.xbill.DNS.ExtendedResolver(), d -> "", clock);

  @BeforeEach
  void start() throws IOException {
    dns = DnsServer.start();
    sts =
        new MtaSts(
            dns.resolver(),
            domain -> {
              fetched.incrementAndGet();
              String policy = policies.get(domain);
              if (policy == null) {
                throw new IOException("404");
              }
              return policy;
            },
            clock);
    router = new MxRouter(dns.resolver(), ClientSettings.smtp("mx.own.example"), 25).following(sts);
    dns.mx("a.example", 10, "mx1.a.example")
        .mx("a.example", 20, "forged.example")
        .mx("a.example", 30, "mx2.b.example")
        .txt("_mta-sts.a.example", "v=STSv1; id=20260101;");
    policies.put("a.example", ENFORCED);
  }

  @AfterEach
  void stop() throws IOException {
    dns.close();
  }

  private String shown() {
    Route route = router.route("a.example");
    if (route instanceof Route.None none) {
      return none.verdict().enhanced();
    }
    StringBuilder all = new StringBuilder();
    for (Route.Hop hop : ((Route.Servers) route).hops()) {
      boolean tls = hop.settings().tls() == TlsUse.REQUIRED;
      all.append(hop.host()).append(tls ? " tls" : "").append(hop.proven() ? " proven;" : ";");
    }
    return all.toString();
  }

  private static final String WITH_POLICY = "mx1.a.example tls proven;mx2.b.example tls proven;";
  private static final String WITHOUT = "mx1.a.example;forged.example;mx2.b.example;";

  @Test
  void onlyServersOfThePolicyAndWithTls() {
    assertEquals(WITH_POLICY, shown());
    assertTrue(router.provesNames());
  }

  @Test
  void isRememberedUntilItChangesOrEnds() {
    assertEquals(WITH_POLICY, shown());
    assertEquals(WITH_POLICY, shown());
    assertEquals(1, fetched.get());
    dns.forget("_mta-sts.a.example");
    assertEquals(WITH_POLICY, shown(), "whoever hides the record changes nothing");
    clock.forward(Duration.ofHours(1));
    assertEquals(WITHOUT, shown());
    dns.txt("_mta-sts.a.example", "v=STSv1; id=2;");
    policies.put("a.example", ENFORCED.replace("enforce", "none"));
    assertEquals(WITHOUT, shown());
    assertEquals(2, fetched.get());
  }

  @Test
  void whatCannotBeFetchedOrReadIsNoPolicy() {
    policies.remove("a.example");
    assertEquals(WITHOUT, shown());
    policies.put("a.example", "nonsense");
    assertEquals(WITHOUT, shown());
    policies.put("a.example", ENFORCED.replace("enforce", "testing"));
    assertEquals(WITHOUT, shown());
  }

  private MxRouter restarted(Path folder) throws IOException {
    return new MxRouter(dns.resolver(), ClientSettings.smtp("mx.own.example"), 25)
        .following(sts.keptIn(folder));
  }

  /** RFC 8461 section 5.1. */
  @Test
  void aPolicyIsRememberedOverARestart(@TempDir Path folder) throws IOException {
    router = restarted(folder);
    assertEquals(WITH_POLICY, shown());
    dns.forget("_mta-sts.a.example");
    router = restarted(folder);
    assertEquals(WITH_POLICY, shown());
    assertEquals(1, fetched.get());
    clock.forward(Duration.ofHours(1));
    assertEquals(WITHOUT, shown(), "until its end");
    router = restarted(folder);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(0, files.count(), "what is over goes");
    }
  }

  @Test
  void aKeptPolicyThatIsNoneIsNotBelieved(@TempDir Path folder) throws IOException {
    router = restarted(folder);
    assertEquals(WITH_POLICY, shown());
    Path file = folder.resolve("a.example.sts");
    String kept = Files.readString(file);
    for (String broken : List.of("", "x", kept.substring(0, 20), kept.replace("STSv1", "STSv9"))) {
      Files.writeString(file, broken);
      dns.forget("_mta-sts.a.example");
      router = restarted(folder);
      assertEquals(WITHOUT, shown(), broken);
    }
  }

  /** RFC 8689 section 3. */
  @Test
  void mailThatMayGoWithoutTlsDoesNotAskForThePolicy() {
    assertEquals(WITH_POLICY, shown());
    assertEquals(
        List.of("mx1.a.example", "forged.example", "mx2.b.example"),
        ((Route.Servers)
                Router.local(Set.of("own.example"), router).routeWithoutPolicies("a.example"))
            .hops().stream().map(Route.Hop::host).toList());
  }

  @Test
  void aBrokenNewPolicyLeavesTheOldOne() {
    assertEquals(WITH_POLICY, shown());
    dns.forget("_mta-sts.a.example").txt("_mta-sts.a.example", "v=STSv1; id=3");
    policies.remove("a.example");
    assertEquals(WITH_POLICY, shown());
  }

  @Test
  void mailWaitsWhereThePolicyNamesNoneOfTheServers() {
    policies.put("a.example", ENFORCED.replace("mx1.a", "mx9.a").replace("*.b", "*.c"));
    assertEquals("4.7.5", shown());
  }

  @Test
  void twoRecordsAreNone() {
    dns.txt("_mta-sts.a.example", "v=STSv1; id=other");
    assertEquals(WITHOUT, shown());
    assertEquals(0, fetched.get());
  }

  @Test
  void policiesAreRead() {
    StsPolicy policy = StsPolicy.parse(ENFORCED);
    assertTrue(policy.enforced());
    assertEquals(Duration.ofHours(1), policy.maxAge());
    assertTrue(policy.names("mx1.a.example") && policy.names("x.b.example"));
    assertFalse(policy.names("b.example") || policy.names("y.x.b.example"));
    for (String wrong :
        List.of(
            "",
            "version: STSv2\nmode: none\nmax_age: 1\n",
            "version: STSv1\nmode: maybe\nmax_age: 1\n",
            "version: STSv1\nmode: enforce\nmax_age: 1\n",
            "version: STSv1\nmode: none\nmax_age: long\n",
            "version: STSv1\nmode: none\n")) {
      assertThrows(IllegalArgumentException.class, () -> StsPolicy.parse(wrong), wrong);
    }
  }

  @Test
  void policiesAreFetched() throws Exception {
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Map<String, String> answers =
        Map.of(
            "/good", "200 text/plain " + ENFORCED,
            "/html", "200 text/html " + ENFORCED,
            "/gone", "404 text/plain x",
            "/moved", "302 text/plain x",
            "/long", "200 text/plain " + "x".repeat(70_000));
    answers.forEach(
        (path, answer) ->
            web.createContext(
                path,
                exchange -> {
                  String[] parts = answer.split(" ", 3);
                  byte[] body = parts[2].getBytes(StandardCharsets.US_ASCII);
                  exchange.getResponseHeaders().set("Content-Type", parts[1]);
                  exchange.getResponseHeaders().set("Location", "/good");
                  exchange.sendResponseHeaders(Integer.parseInt(parts[0]), body.length);
                  exchange.getResponseBody().write(body);
                  exchange.close();
                }));
    web.start();
    try {
      String base = "http://127.0.0.1:" + web.getAddress().getPort() + "/";
      MtaSts.Source source =
          MtaSts.over(HttpClient.newHttpClient(), name -> URI.create(base + name));
      assertEquals(ENFORCED, source.get("good"));
      for (String bad : List.of("html", "gone", "moved", "long")) {
        assertThrows(IOException.class, () -> source.get(bad), bad);
      }
    } finally {
      web.stop(0);
    }
  }
}
