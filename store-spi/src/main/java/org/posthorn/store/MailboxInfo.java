package org.posthorn.store;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox or a name without one.
 *
 * @param id null when not selectable
 * @param uidValidity 1 to 2^32-1; 0 when not selectable
 * @param state what is behind the name
 */
public record MailboxInfo(
    MailboxName name,
    @Nullable MailboxId id,
    long uidValidity,
    State state,
    boolean subscribed,
    boolean hasChildren,
    Set<SpecialUse> specialUse) {
  public MailboxInfo {
    specialUse = Set.copyOf(specialUse);
  }

  public enum State {
    SELECTABLE,
    /** Exists as a superior only: \Noselect. */
    NO_SELECT,
    /** Subscribed, but there is no mailbox of that name: \NonExistent. */
    NON_EXISTENT
  }

  public boolean selectable() {
    return state == State.SELECTABLE;
  }
}
