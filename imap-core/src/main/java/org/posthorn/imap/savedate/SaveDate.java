package org.posthorn.imap.savedate;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.Session;
import org.posthorn.imap.fetch.FetchKeyword;
import org.posthorn.imap.search.SearchKeyword;

/** RFC 8514. */
public final class SaveDate implements ImapExtension {
  @Override
  public String name() {
    return "SAVEDATE";
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(name());
  }

  @Override
  public Map<String, FetchKeyword> fetchItems() {
    return Map.of("SAVEDATE", in -> SaveDateItem.SAVEDATE);
  }

  @Override
  public Map<String, SearchKeyword> searchKeys() {
    return Map.of(
        "SAVEDBEFORE", key(LocalDate::isBefore),
        "SAVEDON", key(LocalDate::isEqual),
        "SAVEDSINCE", key((saved, day) -> !saved.isBefore(day)),
        "SAVEDATESUPPORTED", in -> new SaveDateSupportedKey());
  }

  private static SearchKeyword key(BiPredicate<LocalDate, LocalDate> test) {
    return in -> new SaveDateKey(test, in.date());
  }
}
