package org.posthorn.store.memory.faulty;

import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.Octets;
import org.posthorn.store.Account;
import org.posthorn.store.Append;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Appended;
import org.posthorn.store.Expunged;
import org.posthorn.store.Flags;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Page;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

/** Faults of messages on their way in, and of their octets. */
final class MessageFaults {
  private MessageFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.of("an append tells another UID")
            .bending(
                "AppendGroup.commit",
                Appended.class,
                a -> new Appended(a.mailbox(), shifted(a.uids()), a.modSeq())),
        Fault.of("an append tells always the same UID")
            .bending(
                "AppendGroup.commit",
                Appended.class,
                a -> new Appended(a.mailbox(), UidSet.of(1), a.modSeq())),
        Fault.of("flags of an append are dropped")
            .at("AppendGroup.next", call -> spec(call, s -> s.withFlags(Flags.NONE))),
        Fault.of("internal dates are of 1970 where none was given")
            .at("AppendGroup.next", call -> spec(call, MessageFaults::dated)),
        Fault.of("limits of size are not looked at")
            .at(
                "AppendGroup.next",
                call ->
                    spec(
                        call,
                        s ->
                            new AppendSpec(
                                OptionalLong.empty(),
                                Long.MAX_VALUE,
                                s.flags(),
                                s.internalDate()))),
        Fault.of("messages of a group are visible one by one")
            .at("Account.beginAppend", call -> new EagerGroup(call)),
        Fault.of("a group that is closed is committed")
            .at("AppendGroup.close", MessageFaults::commitAndClose),
        Fault.of("unfinished messages are published")
            .bending("AppendGroup.next", Append.class, a -> a)
            .at("AppendGroup.next", MessageFaults::remembered)
            .at("AppendGroup.commit", MessageFaults::endAll),
        Fault.of("where there is no mailbox INBOX is taken")
            .neverRefusing("Account.beginAppend", call -> call.with(0, MailboxName.INBOX).answer())
            .neverRefusing("Account.open", call -> call.with(0, MailboxName.INBOX).answer())
            .neverRefusing("Account.status", call -> call.with(0, MailboxName.INBOX).answer()),
        Fault.of("a commit that is refused is said to have been done")
            .at("AppendGroup.commit", MessageFaults::boasting),
        Fault.of("a mailbox is told by the name that it had").at("Account.rename", call -> null),
        Fault.of("what is to be replaced stays")
            .at("Account.beginAppend", call -> call.with(1, Optional.empty()).answer()),
        Fault.of("an octet of each read is wrong")
            .at("MessageContent.read", MessageFaults::flipped),
        Fault.of("rows bring octets of no message")
            .bending("Mailbox.list", Page.class, MessageFaults::foreignOctets),
        Fault.of("a message like another is empty")
            .at("AppendGroup.nextLike", call -> call.with(1, new EmptyContent()).answer()),
        Fault.of("a message like one that is gone is empty")
            .neverRefusing(
                "AppendGroup.nextLike", call -> call.with(1, new EmptyContent()).answer()),
        Fault.of("what is staged goes with its group")
            .bending("Append.content", Optional.class, staged -> Optional.of(new EmptyContent())),
        Fault.of("a message like another is of any size")
            .at("AppendGroup.nextLike", call -> call.with(0, AppendSpec.plain()).answer()),
        Fault.of("contents end with their mailbox")
            .at("Mailbox.close", MessageFaults::closing)
            .at(
                "MessageContent.read",
                call -> call.memory().containsKey("closed") ? -1 : call.answer()),
        Fault.of("contents end with their message")
            .at("Mailbox.remove", MessageFaults::removing)
            .at(
                "MessageContent.read",
                call -> {
                  if (call.memory().containsKey("removed")) {
                    throw new StoreException(Code.EXPUNGED, "the message is gone");
                  }
                  return call.answer();
                }),
        Fault.of("what is gone has an empty content")
            .neverRefusing("Mailbox.content", call -> new EmptyContent()),
        Fault.of("a renewed index is dropped").at("Mailbox.putIndex", call -> null),
        Fault.of("a hundred appends at a time").at("Account.beginAppend", MessageFaults::counted));
  }

  private interface Change {
    AppendSpec of(AppendSpec spec);
  }

  private static Object spec(Call call, Change change) throws StoreException {
    return call.with(0, change.of(call.argument(0, AppendSpec.class))).answer(Append.class);
  }

  private static AppendSpec dated(AppendSpec spec) {
    return spec.internalDate() == null
        ? spec.withInternalDate(OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC))
        : spec;
  }

  private static UidSet shifted(UidSet uids) {
    return uids.isEmpty() ? UidSet.of(1) : UidSet.range(uids.first() + 1, uids.last() + 1);
  }

  private static Object commitAndClose(Call call) throws StoreException {
    try {
      call.target(AppendGroup.class).commit();
    } catch (StoreException | IllegalStateException done) {
      call.memory().put("committed", done);
    }
    call.answer();
    return call;
  }

  @SuppressWarnings("unchecked")
  private static Object remembered(Call call) throws StoreException {
    Append append = call.answer(Append.class);
    ((List<Append>) call.memory().computeIfAbsent("appends", k -> new ArrayList<Append>()))
        .add(append);
    return append;
  }

  @SuppressWarnings("unchecked")
  private static Object endAll(Call call) throws StoreException {
    List<Append> appends = (List<Append>) call.memory().remove("appends");
    if (appends != null) {
      for (Append append : appends) {
        try {
          append.end(MessageIndex.of(new byte[0]));
        } catch (IllegalStateException ended) {
          call.memory().put("ended", ended);
        }
      }
    }
    return call.answer(Appended.class);
  }

  private static Object boasting(Call call) throws StoreException {
    try {
      return call.answer(Appended.class);
    } catch (StoreException refused) {
      MailboxInfo info =
          new MailboxInfo(
              MailboxName.INBOX,
              null,
              1,
              MailboxInfo.State.SELECTABLE,
              false,
              false,
              java.util.Set.of());
      return new Appended(info, UidSet.of(1), 1);
    }
  }

  private static Object flipped(Call call) throws StoreException {
    ByteBuffer into = call.argument(1, ByteBuffer.class);
    int start = into.position();
    int count = call.answer(Integer.class);
    if (count > 0) {
      into.put(start, (byte) (into.get(start) ^ 1));
    }
    return count;
  }

  private static Object closing(Call call) throws StoreException {
    call.answer();
    call.memory().put("closed", call);
    return call;
  }

  private static Object removing(Call call) throws StoreException {
    Expunged removed = call.answer(Expunged.class);
    call.memory().put("removed", removed);
    return removed;
  }

  private static Object counted(Call call) throws StoreException {
    int open = (Integer) call.memory().merge("open", 1, (a, b) -> (Integer) a + (Integer) b);
    if (open == 100) {
      throw new StoreException(Code.UNAVAILABLE, "too many");
    }
    return call.answer(AppendGroup.class);
  }

  /** Each message in a group of its own, committed as soon as it has ended. */
  private static final class EagerGroup implements AppendGroup {
    private final Account account;
    private final MailboxName name;
    private final Optional<?> replaces;
    private final List<AppendGroup> groups = new ArrayList<>();
    private UidSet uids = UidSet.EMPTY;
    private Appended last;

    EagerGroup(Call call) throws StoreException {
      account = call.target(Account.class);
      name = call.argument(0, MailboxName.class);
      replaces = call.argument(1, Optional.class);
      try (AppendGroup empty = account.beginAppend(name, Optional.empty())) {
        last = empty.commit();
      }
    }

    @Override
    public Append next(AppendSpec spec) throws StoreException {
      @SuppressWarnings("unchecked")
      AppendGroup group =
          account.beginAppend(name, (Optional<org.posthorn.store.Replaced>) replaces);
      groups.add(group);
      Append append = group.next(spec);
      return new Append() {
        @Override
        public void write(ByteBuffer chunk) throws StoreException {
          append.write(chunk);
        }

        @Override
        public void end(MessageIndex index) throws StoreException {
          append.end(index);
          last = group.commit();
          uids = uids.union(last.uids());
        }
      };
    }

    @Override
    public Appended commit() {
      return new Appended(last.mailbox(), uids, last.modSeq());
    }

    @Override
    public void close() throws StoreException {
      for (AppendGroup group : groups) {
        group.close();
      }
    }
  }

  private static Page foreignOctets(Page page) {
    List<Row> rows = new ArrayList<>();
    for (Row r : page.rows()) {
      rows.add(
          new Row(
              r.uid(),
              r.modSeq(),
              r.flags(),
              r.size(),
              r.internalDate(),
              r.saveDate(),
              r.emailId(),
              r.threadId(),
              r.index(),
              Octets.ascii("From: somebody@else.example\r\n\r\n")));
    }
    return new Page(rows, page.next());
  }
}
