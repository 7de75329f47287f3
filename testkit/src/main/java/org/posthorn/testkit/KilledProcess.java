package org.posthorn.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A class with a {@code main} method, run in a JVM of its own and killed in the middle of its work.
 * It prints {@code ready} alone on a line as soon as it works, and must not end by itself.
 */
public final class KilledProcess implements AutoCloseable {
  private final String name;
  private final Process process;

  private KilledProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /**
   * Runs {@code main} on this JVM's class path, and kills it ({@code kill -9}) when it has worked
   * for {@code alive}.
   *
   * @param folder where the process may put native libraries, and keeps them for the next one
   * @throws AssertionError if it ended by itself, or was never ready
   */
  public static void run(Class<?> main, Path folder, Duration alive, String... arguments)
      throws IOException, InterruptedException {
    try (KilledProcess process = start(main, folder, arguments)) {
      process.killWhenReadyFor(alive);
    }
  }

  /**
   * Starts {@code main} as {@link #run} does and lets it go on. Most of what a short life costs is
   * the start of the JVM: a {@code main} that reads a line of its input before it begins may be
   * started while something else is done, and told by {@link #begin}.
   */
  public static KilledProcess start(Class<?> main, Path folder, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-Xshare:auto",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.sqlite.tmpdir=" + Files.createDirectories(folder.resolve("native")),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return new KilledProcess(
        main.getSimpleName(),
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Writes a line to a process that waits for one. */
  public void begin() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /**
   * Kills it when it has worked for so long since it was ready.
   *
   * @throws AssertionError if it ended by itself, or was never ready
   */
  public void killWhenReadyFor(Duration alive) throws IOException, InterruptedException {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      String first = out.readLine();
      if (!"ready".equals(first)) {
        throw new AssertionError(name + " said " + first + " and not ready");
      }
      killAfter(alive);
    }
  }

  /**
   * Kills it after so long, ready or not.
   *
   * @throws AssertionError if it ended by itself
   */
  public void killAfter(Duration time) throws InterruptedException {
    try {
      if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(name + " ended by itself");
      }
    } finally {
      kill();
    }
  }

  private void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Kills it if it still lives. */
  @Override
  public void close() throws IOException {
    kill();
    process.getOutputStream().close();
    process.getInputStream().close();
  }
}
