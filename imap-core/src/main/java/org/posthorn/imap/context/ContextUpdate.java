package org.posthorn.imap.context;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.fetch.FetchItem;
import org.posthorn.imap.fetch.FetchProgram;
import org.posthorn.imap.notify.Arrivals;
import org.posthorn.imap.search.SearchCall;
import org.posthorn.imap.search.SearchPage;
import org.posthorn.imap.search.SearchProgram;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * One look at messages that came or changed: which of them belong to which result now. Told are
 * first the messages that came into a result, where that was asked for, then the results (RFC 5465
 * section 7), then the other new messages (section 5.2).
 */
public final class ContextUpdate {
  private final Session session;
  private final Selected selected;
  private final Contexts contexts;
  private final UidSet tested;
  private final UidSet fresh;
  private final Runnable then;
  private final List<Change> changes = new ArrayList<>();

  private record Change(SearchContext context, List<Placed> removed, List<Placed> added) {}

  private UidSet toldFirst = UidSet.EMPTY;
  private final List<FetchItem> items = new ArrayList<>();

  private ContextUpdate(Session session, UidSet tested, UidSet fresh, Runnable then) {
    this.session = session;
    this.selected = session.selected();
    this.contexts = selected.contexts();
    this.tested = tested.intersect(selected.view()).minus(selected.vanished());
    this.fresh = fresh;
    this.then = then;
  }

  /**
   * Tells of all results, and of new messages, then goes on.
   *
   * @param changed messages that came or have other flags
   * @param fresh those of them that somebody else put there
   */
  public static void run(Session session, UidSet changed, UidSet fresh, Runnable then) {
    if (session.selected().contexts().isEmpty() || changed.isEmpty()) {
      Arrivals.tell(session, session.selectedEvents().ofNew(), fresh, then);
    } else {
      ContextUpdate update = new ContextUpdate(session, changed, fresh, then);
      update.next(update.contexts.all().iterator());
    }
  }

  private void next(Iterator<SearchContext> left) {
    if (!left.hasNext()) {
      tell();
      return;
    }
    SearchContext context = left.next();
    UidSet.Builder matches = UidSet.builder();
    search(context, context.now(session), tested, matches, left);
  }

  private void search(
      SearchContext context,
      SearchProgram program,
      UidSet rest,
      UidSet.Builder matches,
      Iterator<SearchContext> left) {
    if (rest.isEmpty()) {
      tested(context, matches.build(), left);
      return;
    }
    session.call(
        new SearchCall(selected.mailbox(), program, rest),
        (SearchPage page) -> {
          matches.addAll(page.matches());
          UidSet more = page.next() == 0 ? UidSet.EMPTY : rest.clamp(page.next(), UidSet.MAX_UID);
          search(context, program, more, matches, left);
        },
        why -> failed(context, why, left));
  }

  private void tested(SearchContext context, UidSet matches, Iterator<SearchContext> left) {
    ContextOrder order = context.order();
    UidSet before = order.uids();
    UidSet removed = before.intersect(tested).minus(matches);
    UidSet added = matches.minus(before);
    List<Placed> from = removed.isEmpty() ? List.of() : order.remove(removed);
    if (added.isEmpty()) {
      changed(context, from, List.of(), left);
      return;
    }
    order.add(
        session,
        added,
        to -> {
          tellFirst(context.ofNew(), added.intersect(fresh));
          changed(context, from, to, left);
        },
        why -> failed(context, why, left));
  }

  private void tellFirst(@Nullable FetchProgram ofNew, UidSet uids) {
    if (ofNew != null && !uids.isEmpty()) {
      toldFirst = toldFirst.union(uids);
      items.addAll(ofNew.list());
    }
  }

  private void changed(
      SearchContext context, List<Placed> from, List<Placed> to, Iterator<SearchContext> left) {
    if (!from.isEmpty() || !to.isEmpty()) {
      changes.add(new Change(context, from, to));
    }
    next(left);
  }

  /** What is in the result now nobody knows. */
  private void failed(SearchContext context, StoreException why, Iterator<SearchContext> left) {
    session.fault("context", why);
    contexts.drop(session, context, "The result could not be brought up to date");
    next(left);
  }

  private void tell() {
    FetchProgram ofNew = session.selectedEvents().ofNew();
    if (ofNew != null && !toldFirst.isEmpty()) {
      items.addAll(ofNew.list());
    }
    Arrivals.tell(
        session,
        items.isEmpty() ? null : new FetchProgram(items),
        toldFirst,
        () -> {
          for (Change change : changes) {
            Contexts.write(session, change.context(), change.removed(), change.added());
            if (contexts.weight() > session.service().searchLimits().contextOctets()) {
              contexts.drop(session, change.context(), "The result has become too large");
            }
          }
          Arrivals.tell(session, ofNew, fresh.minus(toldFirst), then);
        });
  }
}
