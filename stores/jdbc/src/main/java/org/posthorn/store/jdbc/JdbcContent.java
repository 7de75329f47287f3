package org.posthorn.store.jdbc;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.MessageContent;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** The octets of a message; keeps them from being freed until closed. */
final class JdbcContent implements MessageContent {
  private final AccountMail mail;
  private final BodyReader octets;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** The body is held and the file retained for this handle. */
  private JdbcContent(AccountMail mail, BodyReader octets) {
    this.mail = mail;
    this.octets = octets;
  }

  /** The content of a message. */
  static JdbcContent open(AccountMail mail, long mailbox, long uid) throws StoreException {
    BodyReader octets =
        mail.read(
            db -> {
              BodyReader found = Messages.content(db, mailbox, uid);
              if (found == null) {
                if (!MailboxRow.exists(db, mailbox)) {
                  throw MailboxRow.deleted();
                }
                throw expunged();
              }
              if (found.size() > 0 && found.size() <= RowReader.SMALL) {
                found.remember(db, 0);
              }
              return found;
            });
    long body = octets.body();
    if (!mail.holds.hold(body)) {
      throw expunged();
    }
    boolean opened = false;
    try {
      // What is not read yet may have been freed between the look-up and the hold.
      if (octets.size() > RowReader.SMALL && mail.read(db -> Bodies.octets(db, body)) < 0) {
        throw expunged();
      }
      mail.retain();
      opened = true;
      return new JdbcContent(mail, octets);
    } finally {
      if (!opened) {
        mail.holds.release(body);
      }
    }
  }

  boolean isOf(AccountMail other) {
    return mail == other;
  }

  /** Gives the body, which is held for one more until that one releases it. */
  long holdOnceMore() throws StoreException {
    if (closed.get()) {
      throw new StoreException(Code.FAULT, "the content was closed");
    }
    if (!mail.holds.hold(octets.body())) {
      throw expunged();
    }
    return octets.body();
  }

  /** Whether that is the EMAILID of the message. */
  boolean hasEmailId(@Nullable String emailId) throws StoreException {
    return emailId != null && mail.read(db -> Bodies.hasEmailId(db, octets.body(), emailId));
  }

  @Override
  public long size() {
    return octets.size();
  }

  @Override
  public int read(long position, ByteBuffer into) throws StoreException {
    if (position < 0) {
      throw new IllegalArgumentException("position " + position);
    }
    if (position >= octets.size()) {
      return -1;
    }
    if (closed.get()) {
      throw new StoreException(Code.FAULT, "the content was closed");
    }
    long known = position;
    while (into.hasRemaining() && octets.knows(known)) {
      known += octets.takeKnown(known, into);
    }
    if (!into.hasRemaining() || known >= octets.size()) {
      return (int) (known - position);
    }
    long rest = known;
    return mail.read(
        db -> {
          long at = rest;
          while (at < octets.size() && into.hasRemaining()) {
            at += octets.take(db, at, into);
          }
          return (int) (at - position);
        });
  }

  /** A small message was read when it was found. */
  @Override
  public boolean inMemory() {
    return octets.size() <= RowReader.SMALL;
  }

  static StoreException expunged() {
    return new StoreException(Code.EXPUNGED, "the message is gone");
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      mail.holds.release(octets.body());
      mail.release();
    }
  }
}
