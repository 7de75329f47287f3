package org.posthorn.retention;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.SpecialUse;

/**
 * For how long messages stay in a folder. Immutable.
 *
 * @param folders which folders of every account it is about
 * @param age of messages that go; more than zero
 * @param since what the age counts from
 * @param sparesFlagged whether messages with \Flagged stay for ever
 */
public record FolderRule(
    Predicate<MailboxInfo> folders, Duration age, Since since, boolean sparesFlagged) {
  /** From when on a message grows old. */
  public enum Since {
    /**
     * When the message came into this folder (RFC 8514); its internal date where the store does not
     * know.
     */
    SAVED,
    /** Its internal date: when it came to the account, wherever it was moved since. */
    INTERNAL_DATE
  }

  public FolderRule {
    Objects.requireNonNull(folders);
    if (age.isNegative() || age.isZero()) {
      throw new IllegalArgumentException("messages that are too old when they come");
    }
  }

  /** About the folder of a name, from the day on which a message came into it. */
  public static FolderRule named(MailboxName name, Duration age) {
    return new FolderRule(info -> info.name().equals(name), age, Since.SAVED, false);
  }

  /** About folders of a special use, such as \Junk, whatever their names are. */
  public static FolderRule of(SpecialUse use, Duration age) {
    return new FolderRule(info -> info.specialUse().contains(use), age, Since.SAVED, false);
  }

  public FolderRule since(Since start) {
    return new FolderRule(folders, age, start, sparesFlagged);
  }

  public FolderRule sparingFlagged() {
    return new FolderRule(folders, age, since, true);
  }
}
