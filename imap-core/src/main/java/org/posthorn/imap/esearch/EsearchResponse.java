package org.posthorn.imap.esearch;

import java.util.Iterator;
import java.util.function.LongToIntFunction;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Session;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.store.MailboxName;
import org.posthorn.store.UidSet;

/** One ESEARCH response (RFC 9051 section 7.3.4), as fast as the client reads it. */
public final class EsearchResponse {
  private static final int RUNS_AT_ONCE = 1_000;

  private final Session session;
  private final ResultOptions options;
  private final Found found;
  private final boolean byUid;
  private final long modSeq;
  private final ResponseEncoder out;
  private @Nullable MailboxName mailbox;
  private long uidValidity;
  private LongToIntFunction scores = uid -> 0;

  /**
   * @param modSeq the greatest MODSEQ of the messages told, where the search spoke of it; else 0
   */
  public EsearchResponse(
      Session session, ResultOptions options, Found found, boolean byUid, long modSeq) {
    this.session = session;
    this.options = options;
    this.found = found;
    this.byUid = byUid;
    this.modSeq = modSeq;
    this.out = session.out();
  }

  /** Tells as well which mailbox the messages are in (RFC 7377 section 2.1). */
  public EsearchResponse from(MailboxName name, long validity) {
    mailbox = name;
    uidValidity = validity;
    return this;
  }

  /** Tells as well how relevant the messages are, where that is asked for. */
  public EsearchResponse relevance(LongToIntFunction byUid) {
    scores = byUid;
    return this;
  }

  /** Writes it, unless there is nothing to tell, then goes on. */
  public void write(Runnable then) {
    if (!options.tells()) {
      then.run();
      return;
    }
    out.untagged().words("ESEARCH (TAG ").string(session.tag());
    if (mailbox != null) {
      out.words(" MAILBOX ").astring(session.wireName().encode(mailbox));
      out.words(" UIDVALIDITY ").number(uidValidity);
    }
    out.close();
    if (byUid) {
      out.words(" UID");
    }
    long size = found.size();
    if (size > 0 && options.has(ResultOption.MIN)) {
      out.words(" MIN ").number(number().applyAsLong(found.at(0)));
    }
    if (size > 0 && options.has(ResultOption.MAX)) {
      out.words(" MAX ").number(number().applyAsLong(found.at(size - 1)));
    }
    if (options.has(ResultOption.COUNT)) {
      out.words(" COUNT ").number(size);
    }
    PartialRange partial = options.partial();
    if (partial != null) {
      partial(partial, then);
    } else if (size > 0 && options.has(ResultOption.ALL)) {
      out.words(" ALL ");
      runs(found.runs(number()), true, () -> end(then));
    } else {
      end(then);
    }
  }

  private void partial(PartialRange range, Runnable then) {
    out.words(" PARTIAL (").words(range.toString()).sp();
    Found part = options.part(found);
    if (part.size() == 0) {
      out.nil().close();
      end(then);
    } else {
      runs(
          part.runs(number()),
          true,
          () -> {
            out.close();
            end(then);
          });
    }
  }

  private void runs(Iterator<UidSet.Range> runs, boolean first, Runnable then) {
    boolean begun = !first;
    for (int i = 0; i < RUNS_AT_ONCE && runs.hasNext(); i++) {
      UidSet.Range run = runs.next();
      if (begun) {
        out.words(",");
      }
      begun = true;
      out.number(run.first());
      if (run.last() > run.first()) {
        out.words(":").number(run.last());
      }
    }
    if (runs.hasNext()) {
      session.flow().whenWritable(() -> runs(runs, false, then));
    } else {
      then.run();
    }
  }

  private void end(Runnable then) {
    if (options.has(ResultOption.RELEVANCY)) {
      out.words(" RELEVANCY (");
      scores(options.part(found), 0, () -> finish(then));
    } else {
      finish(then);
    }
  }

  private void scores(Found told, long from, Runnable then) {
    long to = Math.min(told.size(), from + RUNS_AT_ONCE);
    for (long place = from; place < to; place++) {
      if (place > 0) {
        out.sp();
      }
      out.number(scores.applyAsInt(told.at(place)));
    }
    if (to < told.size()) {
      session.flow().whenWritable(() -> scores(told, to, then));
    } else {
      out.close();
      then.run();
    }
  }

  private void finish(Runnable then) {
    if (modSeq > 0) {
      out.words(" MODSEQ ").number(modSeq);
    }
    out.crlf();
    then.run();
  }

  private LongUnaryOperator number() {
    return byUid ? uid -> uid : session.selected()::sequence;
  }
}
