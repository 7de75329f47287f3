package org.posthorn.mime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link IndexWriter} wrote. */
final class IndexCursor {

  private final byte[] array;
  private int position;

  IndexCursor(byte[] array, int position) {
    this.array = array;
    this.position = position;
  }

  int position() {
    return position;
  }

  void skip(int octets) {
    position += octets;
  }

  long number() {
    byte octet = array[position++];
    if (octet >= 0) {
      return octet;
    }
    long value = octet & 0x7f;
    for (int shift = 7; ; shift += 7) {
      octet = array[position++];
      value |= (octet & 0x7fL) << shift;
      if (octet >= 0) {
        return value;
      }
    }
  }

  int count() {
    return (int) number();
  }

  @Nullable Octets nullable() {
    long code = number();
    if (code == 0) {
      return null;
    }
    if ((code & 1) != 0) {
      return Dictionary.word((int) (code >>> 1));
    }
    int length = (int) (code >>> 1) - 1;
    position += length;
    return Octets.of(array, position - length, position);
  }

  Octets string() {
    Octets value = nullable();
    return value == null ? Octets.EMPTY : value;
  }

  List<Parameter> parameters() {
    int count = count();
    if (count == 0) {
      return List.of();
    }
    List<Parameter> parameters = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      parameters.add(new Parameter(string(), string()));
    }
    return Collections.unmodifiableList(parameters);
  }

  List<MailAddress> addresses() {
    return addresses(count());
  }

  List<MailAddress> addresses(int count) {
    if (count == 0) {
      return List.of();
    }
    if (count == 1) {
      return List.of(address());
    }
    MailAddress[] addresses = new MailAddress[count];
    for (int i = 0; i < count; i++) {
      addresses[i] = address();
    }
    return List.of(addresses);
  }

  private MailAddress address() {
    return new MailAddress(nullable(), nullable(), nullable(), nullable());
  }
}
