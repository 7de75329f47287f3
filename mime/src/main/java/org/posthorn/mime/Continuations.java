package org.posthorn.mime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Joins the pieces {@code name*0}, {@code name*1*} … of long parameters (RFC 2231 section 3),
 * whatever their order. The joined parameter stands where its first piece stood; pieces after a
 * gap, and pieces without a first one, are left out.
 */
final class Continuations {

  private static final int MAX_DIGITS = 4;

  private Continuations() {}

  /** A numbered piece; extended ones are percent-encoded. */
  private record Piece(Octets base, int number, boolean extended, Octets value) {

    String key() {
      return base.toString().toLowerCase(Locale.ROOT);
    }
  }

  static List<Parameter> join(List<Parameter> parameters) {
    Map<String, SortedMap<Integer, Piece>> pieces = new HashMap<>();
    for (Parameter parameter : parameters) {
      Piece piece = piece(parameter);
      if (piece != null) {
        pieces
            .computeIfAbsent(piece.key(), key -> new TreeMap<>())
            .putIfAbsent(piece.number(), piece);
      }
    }
    List<Parameter> joined = new ArrayList<>();
    for (Parameter parameter : parameters) {
      Piece piece = piece(parameter);
      SortedMap<Integer, Piece> together = piece == null ? null : pieces.remove(piece.key());
      Parameter whole = together == null ? null : whole(together);
      if (piece == null) {
        joined.add(parameter);
      } else if (whole != null) {
        joined.add(whole);
      }
    }
    return joined;
  }

  /** Whether the pieces of each parameter count up from 0. */
  static boolean areOrdered(List<Parameter> parameters) {
    Map<String, Integer> next = new HashMap<>();
    for (Parameter parameter : parameters) {
      Piece piece = piece(parameter);
      if (piece == null) {
        continue;
      }
      int expected = next.getOrDefault(piece.key(), 0);
      if (piece.number() != expected) {
        return false;
      }
      next.put(piece.key(), expected + 1);
    }
    return true;
  }

  private static @Nullable Piece piece(Parameter parameter) {
    Octets name = parameter.name();
    int star = name.indexOf((byte) '*');
    boolean extended = name.at(name.length() - 1) == '*';
    int digitsEnd = extended ? name.length() - 1 : name.length();
    int digits = digitsEnd - star - 1;
    if (star <= 0 || digits < 1 || digits > MAX_DIGITS) {
      return null;
    }
    int number = 0;
    for (int i = star + 1; i < digitsEnd; i++) {
      int digit = name.at(i) - '0';
      if (digit < 0 || digit > 9) {
        return null;
      }
      number = number * 10 + digit;
    }
    return new Piece(name.slice(0, star), number, extended, parameter.value());
  }

  private static @Nullable Parameter whole(SortedMap<Integer, Piece> pieces) {
    Piece first = pieces.get(0);
    if (first == null) {
      return null;
    }
    boolean extended = false;
    int count = 0;
    for (Piece piece = first; piece != null; piece = pieces.get(++count)) {
      extended |= piece.extended();
    }
    IndexWriter value = new IndexWriter(64);
    if (extended && !first.extended()) {
      value.octet('\'');
      value.octet('\'');
    }
    for (int number = 0; number < count; number++) {
      Piece piece = pieces.get(number);
      if (piece != null) {
        append(piece, extended, value);
      }
    }
    Octets name = extended ? Octets.of(starred(first.base())) : first.base();
    return new Parameter(name, Octets.of(value.toByteArray()));
  }

  private static void append(Piece piece, boolean extended, IndexWriter value) {
    Octets text = piece.value();
    if (!extended || piece.extended()) {
      value.octets(text.array(), text.from(), text.to());
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      PercentEncoding.encode(text.at(i), value);
    }
  }

  private static byte[] starred(Octets base) {
    byte[] name = new byte[base.length() + 1];
    base.copyTo(name, 0);
    name[base.length()] = '*';
    return name;
  }
}
