package org.posthorn.collector;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.posthorn.delivery.journal.JournalMap;
import org.posthorn.store.StoreException;

/** Remembers in a file. */
public final class FileSeenMessages implements SeenMessages {
  private final JournalMap times;

  private FileSeenMessages(JournalMap times) {
    this.times = times;
  }

  /**
   * Opens a file, which need not be there yet.
   *
   * @throws StoreException IN_USE when somebody else has it open
   */
  public static FileSeenMessages in(Path file) throws StoreException {
    return new FileSeenMessages(JournalMap.open(file));
  }

  @Override
  public Optional<Instant> seen(String source, String uid) {
    OptionalLong time = times.get(key(source, uid));
    return time.isPresent()
        ? Optional.of(Instant.ofEpochSecond(time.getAsLong()))
        : Optional.empty();
  }

  @Override
  public void note(String source, String uid, Instant when) throws StoreException {
    times.put(key(source, uid), when.getEpochSecond());
  }

  @Override
  public void retain(String source, Set<String> present) throws StoreException {
    String prefix = key(source, "");
    times.removeIf(
        (key, time) -> key.startsWith(prefix) && !present.contains(key.substring(prefix.length())));
  }

  private static String key(String source, String uid) {
    return source + '\0' + uid;
  }

  @Override
  public void close() throws StoreException {
    times.close();
  }
}
