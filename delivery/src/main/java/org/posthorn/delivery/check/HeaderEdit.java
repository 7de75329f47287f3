package org.posthorn.delivery.check;

/** A change to the header of a message. Values may be folded; they begin behind the colon. */
public sealed interface HeaderEdit {
  /** A field at the end. */
  record Add(String name, String value) implements HeaderEdit {
    public Add {
      HeaderEdit.check(name, value);
    }
  }

  /**
   * A field among the others.
   *
   * @param position fields before it; more than there are: at the end
   */
  record Insert(int position, String name, String value) implements HeaderEdit {
    public Insert {
      HeaderEdit.check(name, value);
      if (position < 0) {
        throw new IllegalArgumentException("position");
      }
    }
  }

  /**
   * Another value for a field that is there; where it is not, it is added.
   *
   * @param occurrence among the fields of that name, from 1
   * @param value empty to remove the field
   */
  record Change(String name, int occurrence, String value) implements HeaderEdit {
    public Change {
      HeaderEdit.check(name, value);
      if (occurrence < 1) {
        throw new IllegalArgumentException("occurrence");
      }
    }
  }

  /** Nothing can be smuggled into a header: every line of a value but the first is a folded one. */
  private static void check(String name, String value) {
    if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':')) {
      throw new IllegalArgumentException("name of a header field");
    }
    String unfolded = value.replaceAll("\r?\n(?=[ \t])", "");
    if (unfolded.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
      throw new IllegalArgumentException("line end in the value of a header field");
    }
  }
}
