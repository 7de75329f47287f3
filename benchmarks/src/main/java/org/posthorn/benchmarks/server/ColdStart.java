package org.posthorn.benchmarks.server;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.posthorn.imap.ImapService;
import org.posthorn.pop3.Pop3Service;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.server.MailServer;
import org.posthorn.server.TlsMode;
import org.posthorn.store.memory.MemoryStore;

/**
 * Time from the first line of {@code main} in a fresh JVM to the greeting of an IMAP server with a
 * POP3 service beside it: ours by the JDK transport, and GreenMail. JVMs of both in turn.
 */
public final class ColdStart {
  private static final int RUNS = 15;

  private ColdStart() {}

  /**
   * Starts JVMs one after the other and prints medians and their ratio.
   *
   * @param args "posthorn" or "greenmail" for one measurement in this JVM
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length > 0) {
      System.out.println(args[0].equals("greenmail") ? greenMail() : posthorn());
      return;
    }
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      ours.add(fork("posthorn"));
      theirs.add(fork("greenmail"));
    }
    Collections.sort(ours);
    Collections.sort(theirs);
    print("posthorn", ours);
    print("greenmail", theirs);
    System.out.printf("ratio of the medians: %.2f%n", ours.get(RUNS / 2) / theirs.get(RUNS / 2));
  }

  private static void print(String name, List<Double> millis) {
    System.out.printf(
        "%s, cold start to IMAP greeting: median %.1f ms, best %.1f ms, worst %.1f ms of %d JVMs%n",
        name, millis.get(RUNS / 2), millis.get(0), millis.get(RUNS - 1), RUNS);
  }

  private static double fork(String which) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ColdStart.class.getName(),
                which)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    double millis = Double.parseDouble(process.inputReader().readLine());
    process.waitFor();
    return millis;
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

  private static double posthorn() throws IOException {
    long start = System.nanoTime();
    MemoryAuthenticator users = new MemoryAuthenticator().user("anna", "secret");
    try (MemoryStore store = MemoryStore.withAccounts("anna");
        MailServer server =
            MailServer.builder()
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
