package org.posthorn.benchmarks.server;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.posthorn.imap.ImapService;
import org.posthorn.pop3.Pop3Service;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.server.MailServer;
import org.posthorn.server.TlsMode;
import org.posthorn.server.jdk.JdkTransport;
import org.posthorn.server.netty.NettyTransport;
import org.posthorn.store.memory.MemoryStore;

/**
 * Time from the first line of {@code main} in a fresh JVM to the greeting of an IMAP server with a
 * POP3 service beside it, and the median of starts that follow in the same JVM: ours by the JDK
 * transport and by Netty, and GreenMail. JVMs of all in turn.
 */
public final class ColdStart {
  private static final int RUNS = 15;
  private static final int WARM = 40;
  private static final String[] CONTENDERS = {"jdk", "greenmail", "netty"};

  private ColdStart() {}

  /**
   * Starts JVMs one after the other and prints medians.
   *
   * @param args one of the contenders for its measurement in this JVM
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length > 0) {
      System.out.println(start(args[0]) + " " + warm(args[0]));
      return;
    }
    Map<String, List<Double>> cold = new LinkedHashMap<>();
    Map<String, List<Double>> warm = new LinkedHashMap<>();
    for (int i = 0; i < RUNS; i++) {
      for (String contender : CONTENDERS) {
        String[] millis = fork(contender);
        add(cold, contender, millis[0]);
        add(warm, contender, millis[1]);
      }
    }
    cold.forEach((contender, millis) -> print(contender + ", cold", millis));
    warm.forEach((contender, millis) -> print(contender + ", warm", millis));
  }

  private static void add(Map<String, List<Double>> to, String contender, String millis) {
    to.computeIfAbsent(contender, key -> new ArrayList<>()).add(Double.valueOf(millis));
  }

  private static void print(String name, List<Double> millis) {
    Collections.sort(millis);
    System.out.printf(
        "%s start to IMAP greeting: median %.1f ms, best %.1f ms, worst %.1f ms of %d JVMs%n",
        name, millis.get(RUNS / 2), millis.get(0), millis.get(RUNS - 1), RUNS);
  }

  private static String[] fork(String which) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ColdStart.class.getName(),
                which)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String[] millis = process.inputReader().readLine().split(" ", 2);
    process.waitFor();
    return millis;
  }

  private static double warm(String contender) throws IOException {
    double[] millis = new double[WARM];
    for (int i = 0; i < WARM; i++) {
      millis[i] = start(contender);
    }
    Arrays.sort(millis);
    return millis[WARM / 2];
  }

  private static double start(String contender) throws IOException {
    return contender.equals("greenmail") ? greenMail() : posthorn(contender);
  }

  private static double greenMail() throws IOException {
    long start = System.nanoTime();
    GreenMail server =
        new GreenMail(
            new ServerSetup[] {
              new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP),
              new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_POP3)
            });
    server.setUser("anna", "secret");
    server.start();
    try {
      greeting(server.getImap().getPort());
      return (System.nanoTime() - start) / 1e6;
    } finally {
      server.stop();
    }
  }

  private static double posthorn(String contender) throws IOException {
    long start = System.nanoTime();
    MemoryAuthenticator users = new MemoryAuthenticator().user("anna", "secret");
    try (MemoryStore store = MemoryStore.withAccounts("anna");
        MailServer server =
            MailServer.builder()
                .transport(contender.equals("netty") ? new NettyTransport() : new JdkTransport())
                .listen(
                    "imap",
                    "127.0.0.1",
                    0,
                    TlsMode.NONE,
                    ImapService.builder().store(store).authenticator(users).build())
                .listen(
                    "pop3",
                    "127.0.0.1",
                    0,
                    TlsMode.NONE,
                    Pop3Service.builder().store(store).authenticator(users).build())
                .start()) {
      greeting(server.port("imap"));
      return (System.nanoTime() - start) / 1e6;
    }
  }

  private static void greeting(int port) throws IOException {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      if (client.getInputStream().read() != '*') {
        throw new IOException("no greeting");
      }
    }
  }
}
