package org.posthorn.benchmarks.smtp;

import java.io.IOException;
import java.util.Map;
import org.posthorn.benchmarks.Race;
import org.posthorn.benchmarks.Ratios;

/** Row 7: dots at the beginnings of lines. */
public final class DotRows {
  private static final int MESSAGES = 400;

  private DotRows() {}

  /** Adds them by their names. */
  public static void addTo(Map<String, Ratios.Row> rows) {
    rows.put("data", DotRows::data);
    rows.put("stuffing", DotRows::stuffing);
  }

  private static Race data() throws IOException {
    DotBenchmark dots = new DotBenchmark();
    dots.make();
    return new Race("data", MESSAGES, dots.octets())
        .with("posthorn", dots::dataPosthorn)
        .with("SubEthaSMTP", dots::dataSubEtha)
        .with("floor", dots::floor);
  }

  private static Race stuffing() throws IOException {
    DotBenchmark dots = new DotBenchmark();
    dots.make();
    return new Race("stuffing", MESSAGES, dots.octets())
        .with("posthorn", dots::stuffPosthorn)
        .with("SubEthaSMTP", dots::stuffSubEtha)
        .with("floor", dots::floor);
  }
}
