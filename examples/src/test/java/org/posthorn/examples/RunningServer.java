package org.posthorn.examples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.posthorn.server.MailServer;
import picocli.CommandLine;

/** What {@code serve} runs, in this process: for tests of its options. */
final class RunningServer implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final CompletableFuture<MailServer> started = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  private RunningServer() {}

  /** Starts one for example.org with all passwords allowed; the rest is as the options say. */
  static RunningServer start(String... serve) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("--domain", "example.org", "--allow-plaintext"));
    arguments.addAll(Arrays.asList(serve));
    ServeOptions options = new ServeOptions();
    new CommandLine(options)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(arguments.toArray(String[]::new));
    RunningServer server = new RunningServer();
    new Thread(() -> server.run(options), "serve").start();
    return server.awaitReady();
  }

  private void run(ServeOptions options) {
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    try {
      Composition.run(options, out, started::complete);
      ended.complete(null);
    } catch (Exception e) {
      started.completeExceptionally(e);
      ended.completeExceptionally(e);
    }
  }

  private RunningServer awaitReady() throws Exception {
    try {
      started.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return this;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  int port(String listener) {
    return started.join().port(listener);
  }

  /** A conversation with a listener, its greeting read. */
  Talk talk(String listener) throws IOException {
    return Talk.with(port(listener));
  }

  /** Sends a message over the listener smtp; the last reply. */
  String send(String from, String to, String message) throws IOException {
    try (Talk smtp = talk("smtp")) {
      return smtp.mail(from, to, message);
    }
  }

  @Override
  public void close() throws IOException {
    started.join().close();
    try {
      ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the server did not end", e);
    }
  }
}
