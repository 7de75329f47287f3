package org.posthorn.imap.search;

import java.time.LocalDate;

/** How a day compares to the one searched for. */
enum DateTest {
  BEFORE {
    @Override
    boolean test(LocalDate day, LocalDate searched) {
      return day.isBefore(searched);
    }
  },
  ON {
    @Override
    boolean test(LocalDate day, LocalDate searched) {
      return day.isEqual(searched);
    }
  },
  SINCE {
    @Override
    boolean test(LocalDate day, LocalDate searched) {
      return !day.isBefore(searched);
    }
  };

  abstract boolean test(LocalDate day, LocalDate searched);
}
