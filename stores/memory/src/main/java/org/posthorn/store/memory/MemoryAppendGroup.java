package org.posthorn.store.memory;

import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.MessageIndex;
import org.posthorn.store.Append;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Appended;
import org.posthorn.store.Flags;
import org.posthorn.store.MessageContent;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.Replaced;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

/** Messages staged outside all locks, until {@link #commit}. */
final class MemoryAppendGroup implements AppendGroup {
  private record Staged(Body body, AppendSpec spec) {}

  private final AccountMail account;
  private final MailboxState mailbox;
  private final Optional<Replaced> replaces;
  private final List<Staged> staged = new ArrayList<>();
  private final List<BodyWriter> open = new ArrayList<>();
  private long stagedOctets;
  private boolean closed;

  private MemoryAppendGroup(
      AccountMail account, MailboxState mailbox, Optional<Replaced> replaces) {
    this.account = account;
    this.mailbox = mailbox;
    this.replaces = replaces;
  }

  /** Under the account's lock. */
  static MemoryAppendGroup begin(
      AccountMail account, MailboxState mailbox, Optional<Replaced> replaces)
      throws StoreException {
    MemoryAppendGroup group = new MemoryAppendGroup(account, mailbox, replaces);
    group.replacedMessages();
    return group;
  }

  private List<Message> replacedMessages() throws StoreException {
    if (replaces.isEmpty()) {
      return List.of();
    }
    List<Message> found = replacedIn().messages(UidSet.of(replaces.get().uid()));
    if (found.isEmpty()) {
      throw new StoreException(Code.EXPUNGED, "Message to replace is gone");
    }
    return found;
  }

  private MailboxState replacedIn() throws StoreException {
    if (replaces.isPresent() && replaces.get().mailbox() instanceof MemoryMailbox handle) {
      return handle.stateIn(account);
    }
    throw new StoreException(Code.CANNOT, "Message is in another store");
  }

  @Override
  public Append next(AppendSpec spec) throws StoreException {
    long limit = admitted(spec);
    BodyWriter writer = new BodyWriter(account.environment.memory());
    open.add(writer);
    return new StagedAppend(writer, spec, limit);
  }

  @Override
  public void nextLike(AppendSpec spec, MessageContent like, MessageIndex index)
      throws StoreException {
    if (like instanceof MemoryContent content && content.isIn(account.environment.memory())) {
      admitted(spec.withSize(like.size()));
      stagedOctets += like.size();
      staged.add(new Staged(content.share(), spec));
    } else {
      AppendGroup.super.nextLike(spec, like, index);
    }
  }

  /** Refuses what has no room; gives the octets that the message may have. */
  private long admitted(AppendSpec spec) throws StoreException {
    checkOpen();
    long limit = Math.min(spec.limit(), account.environment.limits().messageOctets());
    if (spec.size().orElse(0) > limit) {
      throw tooBig(limit);
    }
    account.checkRoom(expected(spec.size().orElse(0)));
    return limit;
  }

  /** What the group will have added with one message more, so far as is known. */
  private QuotaUse expected(long octets) throws StoreException {
    QuotaUse expected = QuotaUse.messages(1 + open.size(), octets);
    for (BodyWriter writer : open) {
      expected = expected.plus(QuotaUse.messages(0, writer.size()));
    }
    return expected.plus(growth());
  }

  /** What the messages that were ended add, less the one that they replace. */
  private QuotaUse growth() throws StoreException {
    QuotaUse growth = QuotaUse.messages(staged.size(), stagedOctets);
    return growth.minus(MailboxState.use(account.locked(this::replacedMessages)));
  }

  private static StoreException tooBig(long limit) {
    return new StoreException(Code.TOO_BIG, "Message is larger than " + limit + " octets");
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("committed or closed");
    }
  }

  private final class StagedAppend implements Append {
    private final BodyWriter writer;
    private final AppendSpec spec;
    private final long limit;
    private @Nullable Body body;

    StagedAppend(BodyWriter writer, AppendSpec spec, long limit) {
      this.writer = writer;
      this.spec = spec;
      this.limit = limit;
    }

    @Override
    public void write(ByteBuffer chunk) throws StoreException {
      checkOpen();
      if (writer.size() + chunk.remaining() > limit) {
        throw tooBig(limit);
      }
      if (spec.size().isEmpty()) {
        account.checkRoom(QuotaUse.messages(0, writer.size() + chunk.remaining()));
      }
      writer.write(chunk);
    }

    @Override
    public void end(MessageIndex index) {
      checkOpen();
      if (!open.remove(writer)) {
        throw new IllegalStateException("ended already");
      }
      stagedOctets += writer.size();
      Body whole = writer.finish(account.environment.nextEmailId(), index);
      staged.add(new Staged(whole, spec));
      body = whole;
    }

    @Override
    public Optional<MessageContent> content() {
      checkOpen();
      Body whole = body;
      if (whole == null) {
        throw new IllegalStateException("not ended");
      }
      return Optional.of(new MemoryContent(whole));
    }
  }

  @Override
  public Appended commit() throws StoreException {
    checkOpen();
    Appended appended = account.change(this::publish);
    staged.clear();
    close();
    return appended;
  }

  private Appended publish(Watches.Touched touched) throws StoreException {
    if (mailbox.gone()) {
      throw new StoreException(Code.NONEXISTENT, "Mailbox is gone");
    }
    List<Message> replaced = replacedMessages();
    List<Flags> flags = new ArrayList<>(staged.size());
    for (Staged one : staged) {
      flags.add(one.spec().flags());
    }
    mailbox.checkRoom(staged.size(), flags);
    UidSet uids =
        staged.isEmpty()
            ? UidSet.EMPTY
            : account.resized(growth(), () -> publishStaged(replaced, touched));
    return new Appended(account.tree.info(mailbox), uids, mailbox.highestModSeq());
  }

  private UidSet publishStaged(List<Message> replaced, Watches.Touched touched)
      throws StoreException {
    UidSet.Builder uids = UidSet.builder();
    long modSeq = mailbox.nextModSeq();
    OffsetDateTime now = OffsetDateTime.now(account.environment.clock());
    for (Staged one : staged) {
      OffsetDateTime date = one.spec().internalDate();
      uids.add(
          mailbox.add(
              one.body(),
              account.threads.of(one.body()),
              one.spec().flags(),
              date == null ? now : date,
              now.toInstant(),
              modSeq));
    }
    touched.add(mailbox);
    if (!replaced.isEmpty()) {
      MailboxState source = replacedIn();
      source.remove(replaced, source.equals(mailbox) ? modSeq : source.nextModSeq());
      touched.add(source);
    }
    return uids.build();
  }

  @Override
  public void close() {
    closed = true;
    open.forEach(BodyWriter::discard);
    open.clear();
    staged.forEach(one -> one.body().release());
    staged.clear();
  }
}
