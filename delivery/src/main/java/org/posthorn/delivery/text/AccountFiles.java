package org.posthorn.delivery.text;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A folder with a text file for each account, read again when it changes. A file that is wrong is
 * told to the log; what it said before stays, at first what is meant without it. Thread-safe.
 *
 * @param <T> what a text means
 */
public final class AccountFiles<T> {
  /** Accounts whose files are held in memory. */
  private static final int ACCOUNTS = 1_000;

  private final Path folder;
  private final String suffix;
  private final Function<String, T> parser;
  private final T absent;
  private final Map<String, ReloadedFile<T>> files =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ReloadedFile<T>> eldest) {
          return size() > ACCOUNTS;
        }
      };

  /**
   * Files named {@code ACCOUNT} and a suffix.
   *
   * @param parser throws IllegalArgumentException for text that is wrong
   * @param absent what is meant without a file
   */
  public AccountFiles(Path folder, String suffix, Function<String, T> parser, T absent) {
    this.folder = folder;
    this.suffix = suffix;
    this.parser = parser;
    this.absent = absent;
  }

  /** What the file of an account says. */
  public T of(String account) {
    return isFileName(account) ? file(account).get() : absent;
  }

  private ReloadedFile<T> file(String account) {
    synchronized (files) {
      return files.computeIfAbsent(
          account, name -> ReloadedFile.optional(folder.resolve(name + suffix), parser, absent));
    }
  }

  /** A name of an account must not lead out of the folder. */
  private static boolean isFileName(String account) {
    return !account.isEmpty()
        && !account.startsWith(".")
        && account.chars().noneMatch(c -> c == '/' || c == '\\' || c < ' ' || c == 0x7f);
  }
}
