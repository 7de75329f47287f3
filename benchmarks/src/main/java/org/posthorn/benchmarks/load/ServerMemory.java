package org.posthorn.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What memory a server takes: resident that of its processes, heap where it is a JVM. */
final class ServerMemory {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  private final long pid;

  /**
   * @param pid root of the processes, 0 for none
   */
  ServerMemory(long pid) {
    this.pid = pid;
  }

  /**
   * In octets, -1 where it is not known.
   *
   * @param heap what lives after a collection
   */
  record Usage(long heap, long resident) {}

  Usage usage() throws IOException {
    if (pid == 0) {
      return new Usage(-1, -1);
    }
    return new Usage(heap(), new Processes(pid).resident());
  }

  private long heap() throws IOException {
    Path executable = Path.of("/proc", String.valueOf(pid), "exe");
    if (!Files.isSymbolicLink(executable)
        || !Files.readSymbolicLink(executable).endsWith(Path.of("bin", "java"))) {
      return -1;
    }
    jcmd("GC.run");
    jcmd("GC.run");
    Matcher used = USED.matcher(jcmd("GC.heap_info"));
    if (!used.find()) {
      throw new IOException("jcmd tells no heap");
    }
    return Long.parseLong(used.group(1)) << 10;
  }

  private String jcmd(String command) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), String.valueOf(pid), command)
            .redirectErrorStream(true)
            .start();
    try {
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      if (process.waitFor() != 0) {
        throw new IOException("jcmd " + command + ": " + text);
      }
      return text;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
