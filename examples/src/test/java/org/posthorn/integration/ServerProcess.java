package org.posthorn.integration;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.posthorn.examples.PosthornServer;

/** The server of the command line in a process of its own. */
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final Path log;
  private final Map<String, Integer> ports = new HashMap<>();

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts one with this test's class path, and waits until its ports are open.
   *
   * @param jvm options of the virtual machine
   * @param serve options of {@code serve}
   */
  static ServerProcess start(Path folder, List<String> jvm, List<String> serve) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(jvm);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(PosthornServer.class.getName());
    command.add("serve");
    command.addAll(serve);
    Path log = folder.resolve("server.log");
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    ServerProcess server = new ServerProcess(process, log);
    server.awaitReady();
    return server;
  }

  private void awaitReady() throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); !"ready".equals(line); line = out.readLine()) {
      if (line == null) {
        throw new IOException("the server did not start: " + log());
      }
      int space = line.indexOf(' ');
      ports.put(
          line.substring(0, space), Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
    }
  }

  int port(String listener) {
    return ports.get(listener);
  }

  boolean alive() {
    return process.isAlive();
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(TestServer.PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IOException("the server did not stop: " + log());
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
