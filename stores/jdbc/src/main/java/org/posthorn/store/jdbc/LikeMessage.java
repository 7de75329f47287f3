package org.posthorn.store.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.posthorn.sqlite.Db;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.StoreException;

/** A message with the body of another one of its account, which is held until the group is done. */
final class LikeMessage implements IncomingMessage {
  private final AccountMail mail;
  private final AppendSpec spec;
  private final long body;
  private final long octets;
  private boolean released;

  private LikeMessage(AccountMail mail, AppendSpec spec, long body, long octets) {
    this.mail = mail;
    this.spec = spec;
    this.body = body;
    this.octets = octets;
  }

  /** The content is open, so that nobody is about to free its body. */
  static LikeMessage of(JdbcContent content, AccountMail mail, AppendSpec spec)
      throws StoreException {
    return new LikeMessage(mail, spec, content.holdOnceMore(), content.size());
  }

  @Override
  public AppendSpec spec() {
    return spec;
  }

  @Override
  public boolean ended() {
    return true;
  }

  @Override
  public long octets() {
    return octets;
  }

  /** Another server knows nothing of what is held here and may have freed it. */
  @Override
  public long publish(Db db) throws SQLException, StoreException {
    if (!Bodies.referOnceMore(db, body)) {
      throw JdbcContent.expunged();
    }
    return body;
  }

  /** The body has its identities. */
  @Override
  public long publish(Db db, @Nullable String emailId, @Nullable String threadId)
      throws SQLException, StoreException {
    return publish(db);
  }

  @Override
  public void release() {
    if (!released) {
      released = true;
      mail.holds.release(body);
    }
  }
}
