package org.posthorn.delivery.filter;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.posthorn.delivery.text.AccountFiles;

/**
 * A folder with the rules of each account in a file {@code ACCOUNT.rules} ({@link RuleText}), read
 * again when it changes. An account without a file has no filter. A file that is wrong is told to
 * the log; what it said before stays, at first nothing: mail is kept rather than lost. Thread-safe.
 */
public final class RuleFolder implements Filters {
  private static final RuleFilter NOTHING = new RuleFilter(List.of());

  private final AccountFiles<RuleFilter> files;

  private RuleFolder(AccountFiles<RuleFilter> files) {
    this.files = files;
  }

  public static RuleFolder in(Path folder) {
    return new RuleFolder(new AccountFiles<>(folder, ".rules", RuleText::parse, NOTHING));
  }

  @Override
  public Optional<MailFilter> of(String account) {
    RuleFilter rules = files.of(account);
    return rules.isEmpty() ? Optional.empty() : Optional.of(rules);
  }
}
