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
public final class KilledProcess {
  private KilledProcess() {}

  /**
   * Runs {@code main} on this JVM's class path, and kills it ({@code kill -9}) when it has worked
   * for {@code alive}.
   *
   * @param folder where the process may put native libraries, and keeps them for the next one
   * @throws AssertionError if it ended by itself, or was never ready
   */
  public static void run(Class<?> main, Path folder, Duration alive, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.sqlite.tmpdir=" + Files.createDirectories(folder.resolve("native")),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      String first = out.readLine();
      if (!"ready".equals(first)) {
        throw new AssertionError(main.getSimpleName() + " said " + first + " and not ready");
      }
      if (process.waitFor(alive.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(main.getSimpleName() + " ended by itself");
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
