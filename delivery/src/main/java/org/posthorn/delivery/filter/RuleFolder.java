package org.posthorn.delivery.filter;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.delivery.text.ReloadedFile;

/**
 * A folder with the rules of each account in a file {@code ACCOUNT.rules} ({@link RuleText}), read
 * again when it changes. An account without a file has no filter. A file that is wrong is told to
 * the log; what it said before stays, at first nothing: mail is kept rather than lost. Thread-safe.
 */
public final class RuleFolder implements Filters {
  /** Accounts whose rules are held in memory. */
  private static final int ACCOUNTS = 1_000;

  private static final RuleFilter NOTHING = new RuleFilter(List.of());

  private final Path folder;
  private final Map<String, ReloadedFile<RuleFilter>> files =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ReloadedFile<RuleFilter>> eldest) {
          return size() > ACCOUNTS;
        }
      };

  private RuleFolder(Path folder) {
    this.folder = folder;
  }

  public static RuleFolder in(Path folder) {
    return new RuleFolder(folder);
  }

  @Override
  public Optional<MailFilter> of(String account) {
    if (!isFileName(account)) {
      return Optional.empty();
    }
    RuleFilter rules = file(account).get();
    return rules.isEmpty() ? Optional.empty() : Optional.of(rules);
  }

  private ReloadedFile<RuleFilter> file(String account) {
    synchronized (files) {
      return files.computeIfAbsent(
          account,
          name -> ReloadedFile.optional(folder.resolve(name + ".rules"), RuleText::parse, NOTHING));
    }
  }

  /** A name of an account must not lead out of the folder. */
  private static boolean isFileName(String account) {
    return !account.isEmpty()
        && !account.startsWith(".")
        && account.chars().noneMatch(c -> c == '/' || c == '\\' || c < ' ' || c == 0x7f);
  }
}
