package org.posthorn.benchmarks.load;

import java.io.IOException;

/** One thing to measure, or several on the same mailbox. */
interface Scenario {
  /** Talks to the server and reports each figure. */
  void run(Settings settings, Report report) throws IOException;
}
