package org.posthorn.smtp;

import java.util.Map;

/**
 * One RCPT.
 *
 * @param parameters keyword in upper case to value, empty where the keyword stood alone
 */
public record Recipient(Address address, Map<String, String> parameters) {
  public Recipient {
    parameters = Map.copyOf(parameters);
  }

  public static Recipient of(Address address) {
    return new Recipient(address, Map.of());
  }
}
