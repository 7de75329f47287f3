package org.posthorn.mime;

/** Passes over lines of a body and counts them. */
final class BodyScan {

  private int count;
  private int lineStart;

  /** How many lines ended in what {@link #lines} passed over last. */
  int count() {
    return count;
  }

  /** Where the line begins that is the current one now. */
  int lineStart() {
    return lineStart;
  }

  /**
   * Goes on to a line that begins with a hyphen, if such lines matter, else to the end.
   *
   * @param from where the chunk begins
   * @param start where to begin in it
   * @param base the offset in the message of the array's first octet
   * @param before the octet before the chunk
   * @return where it stopped
   */
  int lines(
      byte[] array,
      int from,
      int start,
      int to,
      long base,
      byte before,
      boolean hyphensMatter,
      BareEnds bare) {
    int at = start;
    int line = start;
    int lines = 0;
    while (at < to) {
      int end = OctetScan.indexOfLineEnd(array, at, to);
      at = end < 0 ? to : end + 1;
      if (end < 0 || (array[end] == '\r' && at == to)) {
        break;
      }
      if (array[end] == '\r') {
        if (array[at] != '\n') {
          bare.cr(base + end);
          continue;
        }
        at++;
      } else if (array[end] != '\n') {
        continue;
      } else if ((end > from ? array[end - 1] : before) != '\r') {
        bare.lf(base + end);
      }
      lines++;
      line = at;
      if (hyphensMatter && at < to && array[at] == '-') {
        break;
      }
    }
    count = lines;
    lineStart = line;
    return at;
  }
}
