package org.posthorn.imap.fetch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.posthorn.imap.limit.Batch;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.FlagsResult;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/**
 * Makes the FETCH responses of some messages, until about {@code octets} are together; the session
 * sends them and goes on from {@link FetchPage#next}. Large sections are not read here but while
 * they are sent. Messages that become \Seen are marked before their octets are given away.
 *
 * @param view the session's messages, for their sequence numbers and \Recent
 * @param messages those to fetch
 * @param markSeen whether the mailbox may be changed
 * @param octets how much output a page may hold, about
 * @param newestFirst whether to begin with the highest UID (RFC 9738 section 3.1); for few messages
 *     at a time
 */
public record FetchCall(
    Mailbox mailbox,
    FetchProgram program,
    FetchView view,
    UidSet messages,
    boolean markSeen,
    long octets,
    boolean newestFirst)
    implements StoreCall<FetchPage> {

  /** How much output a page may hold by default. */
  public static final long DEFAULT_OCTETS = 256 * 1024;

  /** A call that begins with the lowest UID. */
  public FetchCall(
      Mailbox mailbox,
      FetchProgram program,
      FetchView view,
      UidSet messages,
      boolean markSeen,
      long octets) {
    this(mailbox, program, view, messages, markSeen, octets, false);
  }

  private static final PageLimit ROWS = new PageLimit(1_000, 1 << 19);
  private static final int FEW_ROWS = 100;
  private static final Flags SEEN = Flags.of(SystemFlag.SEEN);

  @Override
  public FetchPage invoke(CallContext context) throws StoreException {
    Page page = newestFirst ? reversed() : mailbox.list(messages, rows(), program.items());
    List<StoredMessage> planned = new ArrayList<>();
    UidSet.Builder undecodable = UidSet.builder();
    FetchOutput out = new FetchOutput(view);
    boolean done = false;
    try {
      long next = plan(page, planned, undecodable, out);
      UidSet gone = missing(page, next);
      FlagsResult marked = mark(planned);
      UidSet.Builder expunged = UidSet.builder().addAll(gone);
      for (StoredMessage message : planned) {
        if (context.cancelled()) {
          throw new StoreException(StoreException.Code.CANCELLED, "fetch cancelled");
        }
        if (!respond(message, marked, out)) {
          expunged.add(message.row().uid());
        }
      }
      FetchPage result =
          new FetchPage(
              out.finish(),
              marked.changed(),
              marked.modSeq(),
              expunged.build(),
              undecodable.build(),
              out.spokenModSeq(),
              next);
      done = true;
      return result;
    } finally {
      if (!done) {
        out.undo(FetchOutput.Mark.START);
      }
      for (StoredMessage message : planned) {
        message.close();
      }
    }
  }

  @Override
  public Lane lane() {
    return Batch.lane(messages);
  }

  /** Of messages whose octets are sent a page soon has enough; they may come with the rows. */
  private PageLimit rows() {
    return program.readsContent() && !program.items().contains(Item.HEADER)
        ? new PageLimit(FEW_ROWS, (int) Math.min(octets, ROWS.bytes()))
        : ROWS;
  }

  /** All rows of the messages, the newest first. */
  private Page reversed() throws StoreException {
    List<Row> rows = new ArrayList<>();
    UidSet left = messages;
    while (!left.isEmpty()) {
      Page page = mailbox.list(left, rows(), program.items());
      rows.addAll(page.rows());
      left = page.next() == 0 ? UidSet.EMPTY : left.clamp(page.next(), UidSet.MAX_UID);
    }
    Collections.reverse(rows);
    return new Page(rows, 0);
  }

  /** Takes messages until the page is full; the first UID not taken, 0 if there is none. */
  private long plan(
      Page page, List<StoredMessage> planned, UidSet.Builder undecodable, FetchOutput out)
      throws StoreException {
    long next = page.next();
    long weight = 0;
    long inline = 0;
    for (Row row : page.rows()) {
      if (weight >= octets) {
        next = row.uid();
        break;
      }
      StoredMessage message = new StoredMessage(mailbox, row);
      if (canDecode(message)) {
        planned.add(message);
        long more = weight(message);
        weight += more;
        inline += Math.min(more, SectionItem.MAX_INLINE);
      } else {
        message.close();
        undecodable.add(row.uid());
      }
    }
    out.expect(inline);
    return next;
  }

  private boolean canDecode(StoredMessage message) throws StoreException {
    try {
      for (FetchItem item : program.list()) {
        if (!item.canDecode(message)) {
          return false;
        }
      }
    } catch (StoreException e) {
      // If it is gone, then its response will show it.
      if (e.code() != StoreException.Code.EXPUNGED) {
        throw e;
      }
    }
    return true;
  }

  private long weight(StoredMessage message) throws StoreException {
    long weight = 0;
    try {
      for (FetchItem item : program.list()) {
        weight += item.weight(message);
      }
    } catch (StoreException e) {
      // If it is gone, then its response will show it.
      if (e.code() != StoreException.Code.EXPUNGED) {
        throw e;
      }
    }
    return weight;
  }

  private UidSet missing(Page page, long next) {
    UidSet.Builder found = UidSet.builder();
    for (Row row : page.rows()) {
      found.add(row.uid());
    }
    UidSet looked = messages;
    if (next > 0) {
      looked = newestFirst ? messages.clamp(next + 1, UidSet.MAX_UID) : messages.clamp(1, next - 1);
    }
    return looked.minus(found.build());
  }

  private FlagsResult mark(List<StoredMessage> planned) throws StoreException {
    UidSet.Builder unseen = UidSet.builder();
    if (markSeen && program.marksSeen()) {
      for (StoredMessage message : planned) {
        if (!message.row().flags().has(SystemFlag.SEEN)) {
          unseen.add(message.row().uid());
        }
      }
    }
    UidSet marked = unseen.build();
    if (marked.isEmpty()) {
      return new FlagsResult(UidSet.EMPTY, UidSet.EMPTY, UidSet.EMPTY, 0);
    }
    FlagsResult result =
        mailbox.storeFlags(marked, FlagChange.add(SEEN), OptionalLong.of(newest(planned)));
    if (!result.refused().isEmpty()) {
      // Somebody changed them since the page was read: that is told when the session syncs.
      mailbox.storeFlags(result.refused(), FlagChange.add(SEEN), OptionalLong.empty());
    }
    return result;
  }

  /** The page is one cut: what changes later has a greater MODSEQ than all of it. */
  private static long newest(List<StoredMessage> planned) {
    return planned.stream().mapToLong(message -> message.row().modSeq()).max().orElse(0);
  }

  /** Writes one response; false if the message turned out to be gone. */
  private boolean respond(StoredMessage message, FlagsResult seen, FetchOutput out)
      throws StoreException {
    boolean reads = program.readsContent(message.row());
    FetchOutput.Mark mark = out.mark();
    boolean marked = seen.changed().contains(message.row().uid());
    if (marked) {
      message.addFlags(SEEN, seen.modSeq());
    }
    try {
      ResponseEncoder encoder = view.begin(message.row().uid(), out.encoder());
      boolean first = true;
      for (FetchItem item : marked ? program.withState().list() : program.list()) {
        if (!first) {
          encoder.sp();
        }
        first = false;
        item.write(message, out);
      }
      encoder.close().crlf();
      return true;
    } catch (StoreException e) {
      if (e.code() != StoreException.Code.EXPUNGED || !reads) {
        throw e;
      }
      out.undo(mark);
      return false;
    }
  }
}
