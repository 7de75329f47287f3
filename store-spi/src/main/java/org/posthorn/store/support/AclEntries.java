package org.posthorn.store.support;

import java.util.SortedMap;
import org.posthorn.store.Acl;
import org.posthorn.store.Rights;
import org.posthorn.store.Rights.Right;

/** What the entries of one mailbox add up to (RFC 4314 section 2). */
final class AclEntries {
  /**
   * One of these lets somebody know that there is such a mailbox (RFC 4314 section 4, MYRIGHTS).
   */
  static final Rights KNOWING =
      Rights.of(
          Right.LOOKUP,
          Right.READ,
          Right.INSERT,
          Right.CREATE,
          Right.DELETE_MAILBOX,
          Right.ADMINISTER);

  static final String NEGATIVE = "-";

  private AclEntries() {}

  static Rights rights(SortedMap<String, Rights> entries, String account, String owner) {
    boolean isOwner = account.equals(owner);
    if (entries.isEmpty()) {
      return isOwner ? Rights.ALL : Rights.NONE;
    }
    Rights given =
        entries
            .getOrDefault(account, isOwner ? Rights.ALL : Rights.NONE)
            .plus(entries.getOrDefault(Acl.ANYONE, Rights.NONE));
    Rights taken =
        entries
            .getOrDefault(NEGATIVE + account, Rights.NONE)
            .plus(entries.getOrDefault(NEGATIVE + Acl.ANYONE, Rights.NONE));
    Rights left = given.minus(taken);
    return isOwner ? left.plus(Acl.OWNER_KEEPS) : left;
  }
}
