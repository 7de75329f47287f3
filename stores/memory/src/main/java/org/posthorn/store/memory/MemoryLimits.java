package org.posthorn.store.memory;

/**
 * What a {@link MemoryStore} refuses to exceed.
 *
 * @param bodyOctets octets of all message bodies of the store together, staged ones included;
 *     beyond it NO_SPACE
 * @param messageOctets octets of one message; beyond it TOO_BIG
 * @param mailboxes names in one account; beyond it LIMIT
 * @param subscriptions of one account; beyond it LIMIT
 * @param keywords different ones in one mailbox, those once used included; beyond it LIMIT
 * @param vanishedRanges ranges of removed UIDs that a mailbox remembers; beyond it the oldest are
 *     forgotten and who asks for them hears that history is lost
 * @param accountChanges changes of names and subscriptions that an account remembers
 */
public record MemoryLimits(
    long bodyOctets,
    long messageOctets,
    int mailboxes,
    int subscriptions,
    int keywords,
    int vanishedRanges,
    int accountChanges) {

  /** Bodies may take half of the heap. */
  public static final MemoryLimits DEFAULTS =
      new MemoryLimits(
          Runtime.getRuntime().maxMemory() / 2, 64L << 20, 10_000, 10_000, 1_000, 65_536, 10_000);

  /** Checks that there is no negative limit. */
  public MemoryLimits {
    if (bodyOctets < 0
        || messageOctets < 0
        || mailboxes < 1
        || subscriptions < 0
        || keywords < 0
        || vanishedRanges < 0
        || accountChanges < 0) {
      throw new IllegalArgumentException("a limit is negative, or there is no room for INBOX");
    }
  }

  public MemoryLimits withBodyOctets(long octets) {
    return new MemoryLimits(
        octets, messageOctets, mailboxes, subscriptions, keywords, vanishedRanges, accountChanges);
  }

  public MemoryLimits withMessageOctets(long octets) {
    return new MemoryLimits(
        bodyOctets, octets, mailboxes, subscriptions, keywords, vanishedRanges, accountChanges);
  }

  public MemoryLimits withMailboxes(int count) {
    return new MemoryLimits(
        bodyOctets, messageOctets, count, subscriptions, keywords, vanishedRanges, accountChanges);
  }

  public MemoryLimits withSubscriptions(int count) {
    return new MemoryLimits(
        bodyOctets, messageOctets, mailboxes, count, keywords, vanishedRanges, accountChanges);
  }

  public MemoryLimits withKeywords(int count) {
    return new MemoryLimits(
        bodyOctets, messageOctets, mailboxes, subscriptions, count, vanishedRanges, accountChanges);
  }

  public MemoryLimits withVanishedRanges(int count) {
    return new MemoryLimits(
        bodyOctets, messageOctets, mailboxes, subscriptions, keywords, count, accountChanges);
  }

  public MemoryLimits withAccountChanges(int count) {
    return new MemoryLimits(
        bodyOctets, messageOctets, mailboxes, subscriptions, keywords, vanishedRanges, count);
  }
}
