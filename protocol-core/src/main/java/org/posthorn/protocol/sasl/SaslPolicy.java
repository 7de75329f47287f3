package org.posthorn.protocol.sasl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which mechanisms there are, with and without TLS. A value; the methods give changed copies.
 *
 * @param underTls in the order in which they are announced under TLS, strongest first
 * @param withoutTls in the order in which they are announced without TLS; those that reveal a
 *     secret only with {@code passwordsWithoutTls}
 * @param passwordsWithoutTls whether what reveals a password or token is let through without TLS
 */
public record SaslPolicy(
    List<SaslMechanism> underTls, List<SaslMechanism> withoutTls, boolean passwordsWithoutTls) {
  /**
   * SCRAM with and without channel binding, PLAIN and LOGIN; the latter two under TLS only.
   * CRAM-MD5, ANONYMOUS, EXTERNAL and the token mechanisms are added {@link #with}.
   */
  public static final SaslPolicy STANDARD =
      of(
          ScramMechanism.plus(ScramHash.SHA_512),
          ScramMechanism.plus(ScramHash.SHA_256),
          ScramMechanism.plus(ScramHash.SHA_1),
          new ScramMechanism(ScramHash.SHA_512),
          new ScramMechanism(ScramHash.SHA_256),
          new ScramMechanism(ScramHash.SHA_1),
          new PlainMechanism(),
          new LoginMechanism());

  public SaslPolicy {
    underTls = List.copyOf(underTls);
    withoutTls = List.copyOf(withoutTls);
  }

  /** These mechanisms with and without TLS; what reveals a secret under TLS only. */
  public static SaslPolicy of(SaslMechanism... mechanisms) {
    List<SaslMechanism> all = Arrays.asList(mechanisms);
    return new SaslPolicy(all, all, false);
  }

  /** Further mechanisms with and without TLS, behind those that are there. */
  public SaslPolicy with(SaslMechanism... more) {
    return new SaslPolicy(joined(underTls, more), joined(withoutTls, more), passwordsWithoutTls);
  }

  /** Without the mechanisms of these names, with and without TLS. */
  public SaslPolicy without(String... names) {
    return new SaslPolicy(
        lacking(underTls, names), lacking(withoutTls, names), passwordsWithoutTls);
  }

  /** Exactly these under TLS; nothing else changes. */
  public SaslPolicy underTls(SaslMechanism... mechanisms) {
    return new SaslPolicy(Arrays.asList(mechanisms), withoutTls, passwordsWithoutTls);
  }

  /** Exactly these without TLS, or none at all; nothing else changes. */
  public SaslPolicy withoutTls(SaslMechanism... mechanisms) {
    return new SaslPolicy(underTls, Arrays.asList(mechanisms), passwordsWithoutTls);
  }

  /** The same mechanisms, passwords without TLS allowed: for tests and loopback. */
  public SaslPolicy allowingPasswordsWithoutTls() {
    return new SaslPolicy(underTls, withoutTls, true);
  }

  /** Whether a command that carries a password (LOGIN, USER and PASS) is let through. */
  public boolean permitsPasswords(boolean tls) {
    return tls || passwordsWithoutTls;
  }

  /** The mechanisms of a TLS state. */
  List<SaslMechanism> mechanisms(boolean tls) {
    return tls ? underTls : withoutTls;
  }

  boolean permits(SaslMechanism mechanism, boolean tls) {
    return !mechanism.revealsSecret() || permitsPasswords(tls);
  }

  private static List<SaslMechanism> joined(List<SaslMechanism> first, SaslMechanism... more) {
    List<SaslMechanism> all = new ArrayList<>(first);
    all.addAll(Arrays.asList(more));
    return all;
  }

  private static List<SaslMechanism> lacking(List<SaslMechanism> all, String... names) {
    List<SaslMechanism> rest = new ArrayList<>(all);
    rest.removeIf(mechanism -> Arrays.asList(names).contains(mechanism.name()));
    return rest;
  }
}
