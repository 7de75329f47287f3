package org.posthorn.collector;

import java.util.List;

/**
 * What one look at an outside mailbox brought.
 *
 * @param delivered messages that came here
 * @param deleted messages that were deleted there
 * @param tooBig messages that stay there for their size
 * @param refused what was said about messages that nobody here takes now, or that the server did
 *     not give or delete; they stay there
 */
public record Collected(int delivered, int deleted, int tooBig, List<String> refused) {
  public Collected {
    refused = List.copyOf(refused);
  }
}
