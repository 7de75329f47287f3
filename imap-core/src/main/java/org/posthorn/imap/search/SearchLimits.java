package org.posthorn.imap.search;

/**
 * How large a search program may be.
 *
 * @param keys search keys in all, 1 or more
 * @param depth how deep parentheses, NOT and OR may be nested, 1 or more
 * @param textKeys keys that look into bodies: each is one more comparison a character
 * @param mailboxes that one ESEARCH command may search
 * @param resultOctets memory that SORT and THREAD may take for what they know of messages, about
 * @param threadSteps steps of work that THREAD may take: some for each message and reference
 * @param contexts results that one session may have kept up to date, 1 or more (RFC 5267)
 * @param contextOctets memory that those of SORT may take together, about
 */
public record SearchLimits(
    int keys,
    int depth,
    int textKeys,
    int mailboxes,
    long resultOctets,
    long threadSteps,
    int contexts,
    long contextOctets) {

  /** More than any client known asks for. */
  public static final SearchLimits DEFAULTS =
      new SearchLimits(2_000, 400, 100, 1_000, 64L << 20, 100_000_000, 16, 4L << 20);

  /** Checks the ranges. */
  public SearchLimits {
    if (keys < 1
        || depth < 1
        || textKeys < 0
        || mailboxes < 1
        || resultOctets < 1
        || threadSteps < 1
        || contexts < 1
        || contextOctets < 0) {
      throw new IllegalArgumentException("search limits out of range");
    }
  }

  /** These limits with other sizes of a program. */
  public SearchLimits withProgram(int newKeys, int newDepth, int newTextKeys) {
    return new SearchLimits(
        newKeys,
        newDepth,
        newTextKeys,
        mailboxes,
        resultOctets,
        threadSteps,
        contexts,
        contextOctets);
  }

  /** These limits with others for SORT and THREAD. */
  public SearchLimits withResults(long octets, long steps) {
    return new SearchLimits(
        keys, depth, textKeys, mailboxes, octets, steps, contexts, contextOctets);
  }

  /** These limits with another number of mailboxes. */
  public SearchLimits withMailboxes(int newMailboxes) {
    return new SearchLimits(
        keys, depth, textKeys, newMailboxes, resultOctets, threadSteps, contexts, contextOctets);
  }

  /** These limits with others for results that are kept up to date. */
  public SearchLimits withContexts(int newContexts, long octets) {
    return new SearchLimits(
        keys, depth, textKeys, mailboxes, resultOctets, threadSteps, newContexts, octets);
  }
}
