package org.posthorn.store;

/** A change of flags. */
public record FlagChange(Mode mode, Flags flags) {
  public enum Mode {
    ADD,
    REMOVE,
    REPLACE
  }

  public static FlagChange add(Flags flags) {
    return new FlagChange(Mode.ADD, flags);
  }

  public static FlagChange remove(Flags flags) {
    return new FlagChange(Mode.REMOVE, flags);
  }

  public static FlagChange replace(Flags flags) {
    return new FlagChange(Mode.REPLACE, flags);
  }

  /** What this change makes of {@code before}; the same object when nothing changes. */
  public Flags apply(Flags before) {
    Flags after =
        switch (mode) {
          case ADD -> before.plus(flags);
          case REMOVE -> before.minus(flags);
          case REPLACE -> flags;
        };
    return after.equals(before) ? before : after;
  }
}
