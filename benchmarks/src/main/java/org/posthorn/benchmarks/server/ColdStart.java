package org.posthorn.benchmarks.server;

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
 * Time from the first line of {@code main} in a fresh JVM to the greeting of an IMAP server, by the
 * JDK transport, with a POP3 service beside it.
 */
public final class ColdStart {
  private static final int RUNS = 9;

  private ColdStart() {}

  /**
   * Starts JVMs one after the other and prints the median.
   *
   * @param args "once" for one measurement in this JVM
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length > 0) {
      System.out.println(measure());
      return;
    }
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  ColdStart.class.getName(),
                  "once")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      millis.add(Double.valueOf(process.inputReader().readLine()));
      process.waitFor();
    }
    Collections.sort(millis);
    System.out.printf(
        "cold start to IMAP greeting: median %.1f ms, best %.1f ms, worst %.1f ms of %d JVMs%n",
        millis.get(RUNS / 2), millis.get(0), millis.get(RUNS - 1), RUNS);
  }

  private static double measure() throws IOException {
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
                .start();
        Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port("imap"))) {
      if (client.getInputStream().read() != '*') {
        throw new IOException("no greeting");
      }
      return (System.nanoTime() - start) / 1e6;
    }
  }
}
