package org.posthorn.imap.context;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.Status;
import org.posthorn.imap.esearch.UpdateOption;
import org.posthorn.imap.search.SearchLimits;
import org.posthorn.imap.search.SearchProgram;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.mime.Octets;
import org.posthorn.store.UidSet;

/** The results that are kept up to date as long as a mailbox is selected. */
public final class Contexts {
  private final List<SearchContext> contexts = new ArrayList<>();

  /** Whether updates go by that tag already, which then cannot be used for others. */
  public boolean isUsed(Octets tag) {
    for (SearchContext context : contexts) {
      if (context.tag().equals(tag)) {
        return true;
      }
    }
    return false;
  }

  /** Whether there is nothing to keep up to date. */
  public boolean isEmpty() {
    return contexts.isEmpty();
  }

  List<SearchContext> all() {
    return List.copyOf(contexts);
  }

  void cancel(Octets tag) {
    contexts.removeIf(context -> context.tag().equals(tag));
  }

  /**
   * Keeps the result of the command under way up to date from now on, or says that it will not be
   * done (RFC 5267 section 4.3.1).
   *
   * @param program stored searches put in, not yet made for the session's view
   * @param startView the messages that the session saw when the command came
   */
  public void keep(
      Session session,
      UpdateOption option,
      boolean byUid,
      SearchProgram program,
      UidSet startView,
      ContextOrder order) {
    SearchLimits limits = session.service().searchLimits();
    if (!program.isSteady()) {
      refuse(session, session.tag(), "This changes by itself");
    } else if (contexts.size() >= limits.contexts()) {
      refuse(session, session.tag(), "Too many contexts");
    } else if (weight() + order.weight() > limits.contextOctets()) {
      refuse(session, session.tag(), "The result is too large");
    } else {
      contexts.add(
          new SearchContext(
              session.tag(),
              byUid,
              program,
              startView,
              session.selected().saved(),
              option.ofNew(),
              order));
    }
  }

  /** Says that a result is not kept up to date. */
  public static void refuse(Session session, Octets tag, String why) {
    ResponseCode code = out -> out.words("NOUPDATE ").string(tag);
    session.untagged(Status.NO, code, why);
  }

  /** A result cannot be kept up to date any more. */
  void drop(Session session, SearchContext context, String why) {
    contexts.remove(context);
    refuse(session, context.tag(), why);
  }

  /** Octets of memory, about. */
  long weight() {
    long weight = 0;
    for (SearchContext context : contexts) {
      weight += context.order().weight();
    }
    return weight;
  }

  /** Messages are gone; told while they still have their numbers (RFC 5267 section 4.3.4). */
  public void vanished(Session session, UidSet uids) {
    for (SearchContext context : contexts) {
      UidSet gone = context.order().uids().intersect(uids);
      if (!gone.isEmpty()) {
        write(session, context, context.order().remove(gone), List.of());
      }
    }
  }

  /** One ESEARCH response with what went and what came. */
  static void write(
      Session session, SearchContext context, List<Placed> removed, List<Placed> added) {
    ResponseEncoder out = session.out().untagged().words("ESEARCH (TAG ").string(context.tag());
    out.close();
    if (context.byUid()) {
      out.words(" UID");
    }
    Selected selected = session.selected();
    LongUnaryOperator number = context.byUid() ? uid -> uid : selected::sequence;
    places(out, " REMOVEFROM (", removed, number);
    places(out, " ADDTO (", added, number);
    out.crlf();
    session.flushIfLarge();
  }

  private static void places(
      ResponseEncoder out, String words, List<Placed> places, LongUnaryOperator number) {
    if (places.isEmpty()) {
      return;
    }
    out.words(words);
    boolean first = true;
    for (Placed placed : places) {
      if (!first) {
        out.sp();
      }
      first = false;
      out.number(placed.position()).sp();
      runs(out, placed.messages().runs(number));
    }
    out.close();
  }

  private static void runs(ResponseEncoder out, Iterator<UidSet.Range> runs) {
    boolean first = true;
    while (runs.hasNext()) {
      UidSet.Range run = runs.next();
      if (!first) {
        out.words(",");
      }
      first = false;
      out.number(run.first());
      if (run.last() > run.first()) {
        out.words(":").number(run.last());
      }
    }
  }
}
