package org.posthorn.mime;

import java.util.ArrayList;
import java.util.List;

/** Writes the envelope of a message (RFC 9051 section 7.5.2) as {@link Part#envelope} reads it. */
final class EnvelopeAnalyzer {

  private static final KnownField[] TEXTS = {
    KnownField.DATE, KnownField.SUBJECT, KnownField.IN_REPLY_TO, KnownField.MESSAGE_ID
  };

  private static final KnownField[] ADDRESS_LISTS = {
    KnownField.FROM,
    KnownField.SENDER,
    KnownField.REPLY_TO,
    KnownField.TO,
    KnownField.CC,
    KnownField.BCC
  };

  private final MimeLimits limits;
  private final KnownFields known;
  private final IndexWriter list = new IndexWriter(128);
  private final AddressScan scan = new AddressScan(list);
  private boolean misplacedWord;

  EnvelopeAnalyzer(MimeLimits limits, KnownFields known) {
    this.limits = limits;
    this.known = known;
  }

  /** Lets go of the octets that were read last. */
  void forget() {
    scan.forget();
  }

  /** How much memory is held, about. */
  int held() {
    return list.capacity();
  }

  /** Writes it; tells whether the limits had room for all addresses. */
  boolean write(IndexWriter out) {
    for (KnownField field : TEXTS) {
      known.writeText(field, out);
    }
    boolean complete = true;
    misplacedWord = false;
    for (KnownField field : ADDRESS_LISTS) {
      complete &= !known.has(field) ? none(out) : addresses(field, out);
    }
    return complete;
  }

  /** Whether an address that was written last has an encoded-word in quotes. */
  boolean hasMisplacedWord() {
    return misplacedWord;
  }

  private static boolean none(IndexWriter out) {
    out.number(0);
    return true;
  }

  /** Writes the addresses of all fields of that kind; tells whether there was room for all. */
  private boolean addresses(KnownField field, IndexWriter out) {
    int from = known.valueFrom(field);
    int to = known.valueTo(field);
    if (to - from <= limits.addresses() && !known.isRepeated(field)) {
      list.clear();
      int count = scan.scan(known.header().octets(), from, to);
      if (count >= 0) {
        out.number(count);
        out.all(list);
        return true;
      }
    }
    List<MailAddress> found = new ArrayList<>();
    boolean complete = true;
    for (int i = known.next(field, 0); i >= 0; i = known.next(field, i + 1)) {
      misplacedWord |= MisplacedWords.isInQuotes(known.header().value(i));
      complete &= AddressParser.parse(known.header().value(i), limits.addresses(), found);
    }
    out.number(found.size());
    out.addresses(found);
    return complete;
  }
}
