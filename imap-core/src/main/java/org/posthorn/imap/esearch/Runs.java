package org.posthorn.imap.esearch;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.UidSet;

/** Joins ranges of which one goes on where the other ended. */
final class Runs implements Iterator<UidSet.Range> {
  private final Iterator<UidSet.Range> parts;
  private UidSet.@Nullable Range ahead;

  Runs(Iterator<UidSet.Range> parts) {
    this.parts = parts;
    this.ahead = parts.hasNext() ? parts.next() : null;
  }

  @Override
  public boolean hasNext() {
    return ahead != null;
  }

  @Override
  public UidSet.Range next() {
    UidSet.Range run = ahead;
    if (run == null) {
      throw new NoSuchElementException();
    }
    ahead = null;
    while (parts.hasNext()) {
      UidSet.Range part = parts.next();
      if (part.first() != run.last() + 1) {
        ahead = part;
        break;
      }
      run = new UidSet.Range(run.first(), part.last());
    }
    return run;
  }
}
