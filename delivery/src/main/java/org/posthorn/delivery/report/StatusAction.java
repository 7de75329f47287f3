package org.posthorn.delivery.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.posthorn.smtp.Recipient;

/** What became of a message for one recipient (RFC 3464 section 2.3.3). */
public enum StatusAction {
  FAILED("FAILURE", true),
  DELAYED("DELAY", true),
  DELIVERED("SUCCESS", false),
  /** Passed on to a server that will tell nothing. */
  RELAYED("SUCCESS", false),
  /** Passed on to several recipients. */
  EXPANDED("SUCCESS", false);

  private final String keyword;
  private final boolean wantedUnlessSaid;

  StatusAction(String keyword, boolean wantedUnlessSaid) {
    this.keyword = keyword;
    this.wantedUnlessSaid = wantedUnlessSaid;
  }

  /** Whether the sender wants to hear of it (RFC 3461 section 4.1, NOTIFY). */
  public boolean wantedFor(Recipient recipient) {
    String notify = recipient.parameters().get("NOTIFY");
    if (notify == null) {
      return wantedUnlessSaid;
    }
    List<String> when = Arrays.asList(notify.toUpperCase(Locale.ROOT).split(",", -1));
    return when.contains(keyword);
  }

  /** As in the Action field. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
