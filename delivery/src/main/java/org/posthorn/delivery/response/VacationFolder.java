package org.posthorn.delivery.response;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import org.posthorn.delivery.text.AccountFiles;

/**
 * A folder with the automatic answer of each account in a file {@code ACCOUNT.vacation} ({@link
 * VacationText}), read again when it changes; an account without a file answers nobody. A file that
 * is wrong is told to the log; what it said before stays, at first nothing. Thread-safe.
 */
public final class VacationFolder implements Vacations {
  private final AccountFiles<Optional<Vacation>> files;

  private VacationFolder(AccountFiles<Optional<Vacation>> files) {
    this.files = files;
  }

  /**
   * A folder, which need not be there yet.
   *
   * @param zone whose days begin and end an absence
   */
  public static VacationFolder in(Path folder, ZoneId zone) {
    return new VacationFolder(
        new AccountFiles<>(
            folder,
            ".vacation",
            text -> Optional.of(VacationText.parse(text, zone)),
            Optional.empty()));
  }

  @Override
  public Optional<Vacation> of(String account) {
    return files.of(account);
  }
}
