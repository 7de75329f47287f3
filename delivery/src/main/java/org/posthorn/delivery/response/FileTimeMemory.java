package org.posthorn.delivery.response;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.posthorn.delivery.journal.JournalMap;
import org.posthorn.store.StoreException;

/** Remembers in a file. */
public final class FileTimeMemory implements TimeMemory {
  private static final int FORGET_EVERY = 1_000;

  private final JournalMap times;
  private final Duration longest;
  private int claims;

  private FileTimeMemory(JournalMap times, Duration longest) {
    this.times = times;
    this.longest = longest;
  }

  /**
   * Opens a file, which need not be there yet.
   *
   * @param longest what is older is forgotten; no period may be longer
   * @throws StoreException IN_USE when somebody else has it open
   */
  public static FileTimeMemory in(Path file, Duration longest) throws StoreException {
    return new FileTimeMemory(JournalMap.open(file), longest);
  }

  @Override
  public synchronized boolean claim(String key, Instant now, Duration period)
      throws StoreException {
    OptionalLong last = times.get(key);
    if (last.isPresent() && last.getAsLong() > now.minus(period).getEpochSecond()) {
      return false;
    }
    times.put(key, now.getEpochSecond());
    if (++claims % FORGET_EVERY == 0) {
      long oldest = now.minus(longest).getEpochSecond();
      times.removeIf((k, time) -> time < oldest);
    }
    return true;
  }

  @Override
  public void close() throws StoreException {
    times.close();
  }
}
