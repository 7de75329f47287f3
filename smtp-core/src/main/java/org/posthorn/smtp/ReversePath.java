package org.posthorn.smtp;

import java.util.Optional;

/**
 * Where bounces go.
 *
 * @param address empty for the null reverse-path, which is never answered
 */
public record ReversePath(Optional<Address> address) {
  public static final ReversePath NULL = new ReversePath(Optional.empty());

  public static ReversePath of(Address address) {
    return new ReversePath(Optional.of(address));
  }

  public boolean isNull() {
    return address.isEmpty();
  }

  /** Without angle brackets; empty for the null path. */
  @Override
  public String toString() {
    return address.map(Address::toString).orElse("");
  }
}
