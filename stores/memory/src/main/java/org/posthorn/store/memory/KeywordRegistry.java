package org.posthorn.store.memory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.store.Flags;
import org.posthorn.store.StoreException;

/** The keywords that a mailbox has or had, and one instance for equal flags of its messages. */
final class KeywordRegistry {
  private static final int MAX_SHARED = 4096;

  private final int limit;
  private final Map<Flags, Flags> shared = new HashMap<>();
  private Flags known = Flags.NONE;

  KeywordRegistry(int limit) {
    this.limit = limit;
  }

  List<String> keywords() {
    return known.keywords();
  }

  /**
   * Checks that flags may be used here, without noting them.
   *
   * @throws StoreException LIMIT when there would be too many keywords
   */
  void check(Flags flags) throws StoreException {
    if (known.plus(flags).keywords().size() > limit) {
      throw new StoreException(
          StoreException.Code.LIMIT, "Mailbox has more than " + limit + " keywords");
    }
  }

  /** The shared instance of flags that passed {@link #check}. */
  Flags note(Flags flags) {
    if (flags.keywords().isEmpty()) {
      return flags;
    }
    Optional<Flags> there = Optional.ofNullable(shared.get(flags));
    if (there.isPresent()) {
      return there.get();
    }
    if (shared.size() == MAX_SHARED) {
      shared.clear();
    }
    known = known.plus(Flags.ofBits(0, flags.keywords()));
    shared.put(flags, flags);
    return flags;
  }
}
