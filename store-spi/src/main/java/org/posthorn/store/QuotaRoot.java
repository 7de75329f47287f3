package org.posthorn.store;

/**
 * A quota root (RFC 9208 section 3.2): what it covers shares its limits.
 *
 * @param name as the protocol shows it
 */
public record QuotaRoot(String name, QuotaUse used, QuotaLimits limits) {
  private static final String ACCOUNT = "user/";

  /** The root that covers one account alone. */
  public static String ofAccount(String account) {
    return ACCOUNT + account;
  }

  /** Whether this names the root of an account rather than a shared one. */
  public static boolean isOfAccount(String root) {
    return root.startsWith(ACCOUNT);
  }

  /** The account of a root that {@link #ofAccount} named. */
  public static String account(String root) {
    if (!isOfAccount(root)) {
      throw new IllegalArgumentException("a shared root");
    }
    return root.substring(ACCOUNT.length());
  }
}
