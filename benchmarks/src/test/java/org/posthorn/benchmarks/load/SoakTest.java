package org.posthorn.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.benchmarks.peers.PosthornPeer;

/**
 * What a server has done leaves nothing in its heap: an hour of clients, or {@code
 * posthorn.soak.seconds}, against the durable store.
 */
@Tag("soak")
class SoakTest {
  private static final int SECONDS = Integer.getInteger("posthorn.soak.seconds", 3600);

  /** Of the line that should be flat; collections leave a little more or less. */
  private static final double TOLERANCE = 1.1;

  @TempDir Path files;

  @Test
  void theHeapIsAFlatLine() throws Exception {
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                PosthornPeer.class.getName(),
                "sqlite:" + files,
                "store",
                "0",
                "0",
                "0")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader ready = server.inputReader(StandardCharsets.UTF_8)) {
      List<Double> heaps = soak(server.pid(), ready.readLine().split(" ", -1)[1]);
      int half = heaps.size() / 2;
      double early = heaps.subList(half / 2, half).stream().mapToDouble(x -> x).max().orElseThrow();
      double late =
          heaps.subList(half, heaps.size()).stream().mapToDouble(x -> x).max().orElseThrow();
      assertTrue(late <= early * TOLERANCE, () -> "MiB of heap, line by line: " + heaps);
    } finally {
      server.destroy();
      assertTrue(server.waitFor(30, TimeUnit.SECONDS));
    }
  }

  private static List<Double> soak(long pid, String port) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Load.run(
        new String[] {
          "--scenario", "soak", "--port", port, "--pid", "" + pid, "--seconds", "" + SECONDS
        },
        new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split("\t", -1))
        .filter(figure -> figure[2].equals("heap"))
        .map(figure -> Double.valueOf(figure[3]))
        .toList();
  }
}
