package org.posthorn.store;

import java.time.OffsetDateTime;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a message before its first octet.
 *
 * @param size exact size in octets where known
 * @param limit octets that are not to be exceeded
 * @param internalDate null: the time of the commit
 */
public record AppendSpec(
    OptionalLong size, long limit, Flags flags, @Nullable OffsetDateTime internalDate) {
  /** A message of which nothing is known yet. */
  public static AppendSpec plain() {
    return new AppendSpec(OptionalLong.empty(), Long.MAX_VALUE, Flags.NONE, null);
  }

  public AppendSpec withSize(long octets) {
    return new AppendSpec(OptionalLong.of(octets), limit, flags, internalDate);
  }

  public AppendSpec withFlags(Flags newFlags) {
    return new AppendSpec(size, limit, newFlags, internalDate);
  }

  public AppendSpec withInternalDate(OffsetDateTime date) {
    return new AppendSpec(size, limit, flags, date);
  }

  public AppendSpec withLimit(long octets) {
    return new AppendSpec(size, octets, flags, internalDate);
  }
}
