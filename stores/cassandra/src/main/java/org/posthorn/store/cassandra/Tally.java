package org.posthorn.store.cassandra;

import org.posthorn.store.SystemFlag;

/** Counters of messages, or how they change. */
record Tally(long messages, long octets, long unseen, long deleted, long deletedOctets) {
  static final Tally NONE = new Tally(0, 0, 0, 0, 0);

  static Tally of(int systemBits, long size) {
    boolean isDeleted = (systemBits & SystemFlag.DELETED.bit()) != 0;
    return new Tally(
        1,
        size,
        (systemBits & SystemFlag.SEEN.bit()) == 0 ? 1 : 0,
        isDeleted ? 1 : 0,
        isDeleted ? size : 0);
  }

  Tally plus(Tally other) {
    return new Tally(
        messages + other.messages,
        octets + other.octets,
        unseen + other.unseen,
        deleted + other.deleted,
        deletedOctets + other.deletedOctets);
  }

  Tally minus(Tally other) {
    return new Tally(
        messages - other.messages,
        octets - other.octets,
        unseen - other.unseen,
        deleted - other.deleted,
        deletedOctets - other.deletedOctets);
  }
}
