package org.posthorn.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.posthorn.benchmarks.imap.ImapRows;
import org.posthorn.benchmarks.mime.MimeRows;
import org.posthorn.benchmarks.smtp.DotRows;

/**
 * The JMH benchmarks beside their peers on a machine that has other things to do: see {@link Race}.
 *
 * <p>Arguments: names of rows, else all, each in a JVM of its own. {@code -Drounds=} and {@code
 * -Dwarmup=} (seconds for each operation) have defaults of 60 and 6.
 */
public final class Ratios {

  /** One row of the table. */
  public interface Row {
    /** Makes what it needs. */
    Race race() throws Exception;
  }

  /**
   * Compiled before it is counted, and with a heap whose pages are there: what a young process does
   * besides is of no row.
   */
  private static final List<String> STEADY =
      List.of("-Xbatch", "-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch");

  private Ratios() {}

  private static Map<String, Row> rows() {
    Map<String, Row> rows = new LinkedHashMap<>();
    MimeRows.addTo(rows);
    DotRows.addTo(rows);
    ImapRows.addTo(rows);
    return rows;
  }

  /** Runs and prints. */
  public static void main(String[] arguments) throws Throwable {
    Map<String, Row> rows = rows();
    if (arguments.length == 1) {
      Row row = rows.get(arguments[0]);
      if (row == null) {
        throw new IllegalArgumentException("no such row; there are " + rows.keySet());
      }
      row.race().run();
      return;
    }
    for (String row : arguments.length == 0 ? rows.keySet() : List.of(arguments)) {
      fork(row);
    }
  }

  private static void fork(String row) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(STEADY);
    for (String property : List.of("rounds", "warmup")) {
      String value = System.getProperty(property);
      if (value != null) {
        command.add("-D" + property + "=" + value);
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Ratios.class.getName(), row));
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException(row + " ended with status " + status);
    }
  }
}
