package org.posthorn.delivery.filter;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** A condition of a {@link FilterRule}. Thread-safe. */
@FunctionalInterface
public interface FilterTest {
  boolean matches(FilteredMessage message);

  /** A field of that name is there. */
  static FilterTest has(String field) {
    return message -> message.header().has(field);
  }

  /** One of the fields of that name contains the text, case aside. */
  static FilterTest headerContains(String field, String text) {
    return header(field, containing(text));
  }

  /** One of the fields of that name is the text, case aside. */
  static FilterTest headerIs(String field, String text) {
    return header(field, text::equalsIgnoreCase);
  }

  /** The value of one of the fields of that name, unfolded and decoded, passes. */
  static FilterTest header(String field, Predicate<String> value) {
    return message -> message.header().all(field).stream().anyMatch(value);
  }

  /** An address in one of the fields of that name contains the text, case aside. */
  static FilterTest addressContains(String field, String text) {
    Predicate<String> contains = containing(text);
    return message -> message.header().addresses(field).stream().anyMatch(contains);
  }

  /** The envelope's sender contains the text, case aside. */
  static FilterTest senderContains(String text) {
    Predicate<String> contains = containing(text);
    return message -> contains.test(message.sender().toString());
  }

  /** The envelope's sender is the address, case aside; empty for the null reverse-path. */
  static FilterTest senderIs(String address) {
    return message -> message.sender().toString().equalsIgnoreCase(address);
  }

  /** The message has more octets. */
  static FilterTest largerThan(long octets) {
    return message -> message.size() > octets;
  }

  /** The message has fewer octets. */
  static FilterTest smallerThan(long octets) {
    return message -> message.size() < octets;
  }

  static FilterTest not(FilterTest test) {
    return message -> !test.matches(message);
  }

  static FilterTest anyOf(FilterTest... tests) {
    List<FilterTest> all = List.of(tests);
    return message -> all.stream().anyMatch(test -> test.matches(message));
  }

  private static Predicate<String> containing(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return value -> value.toLowerCase(Locale.ROOT).contains(lower);
  }
}
