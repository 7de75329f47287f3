package org.posthorn.mime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The fields of one header whose values the index keeps: where the first of each kind stands. */
final class KnownFields {

  private static final HeaderLines NO_HEADER = new HeaderLines(MimeLimits.DEFAULTS);

  private final Defects defects;
  private HeaderLines header = NO_HEADER;

  /** For each kind the number of the first one, counted from 1; 0 if none. */
  private final int[] first = new int[KnownField.COUNT];

  /** The words of the dictionary that the names of the header's fields are, or -1. */
  private int[] words = new int[24];

  private boolean duplicates;

  KnownFields(Defects defects) {
    this.defects = defects;
  }

  /**
   * Finds them in a header.
   *
   * @param wholeMessage whether it is a message's, so that more of its fields are known
   */
  void find(HeaderLines lines, PartDraft part, boolean wholeMessage) {
    header = lines;
    Arrays.fill(first, 0);
    duplicates = false;
    byte[] octets = lines.octets();
    int base = lines.base();
    FieldTable fields = lines.fields();
    int count = fields.count();
    if (words.length < count) {
      words = new int[Math.max(count, words.length * 2)];
    }
    for (int i = 0; i < count; i++) {
      int start = base + fields.start(i);
      int nameEnd = base + fields.nameEnd(i);
      int word = Dictionary.find(octets, start, nameEnd);
      words[i] = word;
      KnownField field =
          word >= 0 ? KnownField.ofWord(word) : KnownField.find(octets, start, nameEnd);
      if (field == null || (field.isAboutMessage() && !wholeMessage)) {
        continue;
      }
      int slot = field.ordinal();
      if (first[slot] == 0) {
        first[slot] = i + 1;
      } else {
        duplicates = true;
        defects.add(Defect.Kind.DUPLICATE_FIELD, part.headerStart + fields.start(i));
      }
    }
  }

  /** Lets go of the header. */
  void forget() {
    header = NO_HEADER;
  }

  /** How much memory is held, about. */
  int held() {
    return words.length * Integer.BYTES;
  }

  HeaderLines header() {
    return header;
  }

  boolean has(KnownField field) {
    return first[field.ordinal()] != 0;
  }

  /** The value of the first field of that kind, or null. */
  @Nullable Octets value(KnownField field) {
    int number = first[field.ordinal()];
    return number == 0 ? null : header.value(number - 1);
  }

  /** Where in the header's array the value of the field begins, which must be there. */
  int valueFrom(KnownField field) {
    return header.base() + header.fields().valueStart(first[field.ordinal()] - 1);
  }

  /** Where in the header's array the value of the field ends, which must be there. */
  int valueTo(KnownField field) {
    return header.base() + header.fields().end(first[field.ordinal()] - 1);
  }

  /** Whether the field occurs more than once. */
  boolean isRepeated(KnownField field) {
    return duplicates && next(field, first[field.ordinal()]) >= 0;
  }

  /**
   * The number, counted from 0, of the field of that kind that is not before that number, or -1.
   */
  int next(KnownField field, int from) {
    FieldTable fields = header.fields();
    int base = header.base();
    for (int i = from; i < fields.count(); i++) {
      int start = base + fields.start(i);
      if (KnownField.find(header.octets(), start, base + fields.nameEnd(i)) == field) {
        return i;
      }
    }
    return -1;
  }

  /** The word of the dictionary that the name of the field of that number is, or -1. */
  int word(int field) {
    return words[field];
  }

  /** Writes the value without its folding, or that there is none. */
  void writeText(KnownField field, IndexWriter out) {
    if (!has(field)) {
      out.string(null);
      return;
    }
    byte[] octets = header.octets();
    int from = valueFrom(field);
    int to = valueTo(field);
    while (from < to && HeaderText.isTrimmed(octets[from])) {
      from++;
    }
    while (to > from && HeaderText.isTrimmed(octets[to - 1])) {
      to--;
    }
    if (HeaderText.isClean(octets, from, to)) {
      out.string(octets, from, to);
    } else {
      out.string(HeaderText.withoutLineEnds(Octets.of(octets, from, to)));
    }
  }
}
