package org.posthorn.store.cassandra.faults;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.posthorn.imap.ImapService;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.server.MailServer;
import org.posthorn.server.TlsMode;
import org.posthorn.store.cassandra.CassandraStore;
import org.posthorn.store.cassandra.Connections;

/** A Posthorn server in a process of its own. */
public final class LoadedServer implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final int port;

  private LoadedServer(Process process, BufferedReader out, int port) {
    this.process = process;
    this.out = out;
    this.port = port;
  }

  static LoadedServer start(String store, Path log) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                    "-cp",
                    System.getProperty("java.class.path"),
                    LoadedServer.class.getName(),
                    store))
            .redirectError(log.toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String first = out.readLine();
    if (first == null || !first.startsWith("port ")) {
      process.destroyForcibly();
      throw new IOException("a server did not start: " + log);
    }
    return new LoadedServer(process, out, Integer.parseInt(first.substring(5)));
  }

  int port() {
    return port;
  }

  /** Waits until it has connections to all nodes of the cluster. */
  void awaitWhole() throws IOException {
    BufferedWriter in = process.outputWriter(StandardCharsets.UTF_8);
    in.write("whole?\n");
    in.flush();
    String answer = out.readLine();
    if (!"whole".equals(answer)) {
      throw new IOException("a server has no connections to all nodes: " + answer);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The argument is the address of the store. */
  public static void main(String[] arguments) throws Exception {
    CassandraStore store = CassandraStore.at(arguments[0]).open();
    ImapService imap =
        ImapService.builder()
            .store(store)
            .authenticator(new MemoryAuthenticator().user("soak", "soak"))
            .sasl(SaslPolicy.STANDARD.allowingPasswordsWithoutTls())
            .build();
    MailServer server =
        MailServer.builder().listen("imap", "127.0.0.1", 0, TlsMode.NONE, imap).start();
    System.out.println("port " + server.port("imap"));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (in.readLine() != null) {
      System.out.println(Connections.await(store, ThreeNodes.NODES) ? "whole" : "not whole");
    }
    // Who started it is gone.
    System.exit(0);
  }
}
