package org.posthorn.store;

/**
 * How much there is of each resource; as a difference its figures may be negative.
 *
 * @param storage octets
 * @param messages each copy counts
 * @param mailboxes those that can be selected
 */
public record QuotaUse(long storage, long messages, long mailboxes) {
  public static final QuotaUse NONE = new QuotaUse(0, 0, 0);

  public static QuotaUse messages(long count, long octets) {
    return new QuotaUse(octets, count, 0);
  }

  public static QuotaUse mailboxes(long count) {
    return new QuotaUse(0, 0, count);
  }

  public long of(QuotaResource resource) {
    return switch (resource) {
      case STORAGE -> storage;
      case MESSAGE -> messages;
      case MAILBOX -> mailboxes;
    };
  }

  public QuotaUse plus(QuotaUse other) {
    return new QuotaUse(
        storage + other.storage, messages + other.messages, mailboxes + other.mailboxes);
  }

  public QuotaUse minus(QuotaUse other) {
    return new QuotaUse(
        storage - other.storage, messages - other.messages, mailboxes - other.mailboxes);
  }
}
