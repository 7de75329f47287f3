package org.posthorn.smtp.facet;

import java.time.Duration;

/** RFC 4865: the handler holds mail back until a time to come. Offered on submission only. */
public interface FutureRelease {
  /** For how long at most; less than 1,000,000,000 seconds. */
  Duration longest();
}
