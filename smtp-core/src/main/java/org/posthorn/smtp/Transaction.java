package org.posthorn.smtp;

import java.util.List;
import java.util.OptionalLong;
import org.posthorn.store.StoreException;

/**
 * One mail transaction. Called by one thread at a time, in this order; closed at its end or when it
 * is given up.
 */
public interface Transaction extends AutoCloseable {
  Verdict from(ReversePath sender, MailParameters parameters) throws StoreException;

  /**
   * All RCPT that came pipelined together, so that look-ups may run side by side; an answer for
   * each, in order.
   */
  List<Verdict> recipients(List<Recipient> recipients) throws StoreException;

  /**
   * The content comes.
   *
   * @param declared SIZE parameter in octets
   */
  MessageSink body(BodyKind kind, OptionalLong declared) throws StoreException;

  @Override
  void close() throws StoreException;
}
