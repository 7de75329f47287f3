package org.posthorn.protocol;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.posthorn.store.MailboxId;
import org.posthorn.store.StoreException;

/**
 * One connection's protocol, free of I/O, threads, clocks and entropy: bytes, completions and ticks
 * go in, effects come out. Confined to one thread at a time. Every method returns what the engine
 * needs next; {@link Demand} says which method may be called then.
 */
public interface Engine {
  /**
   * The connection stands (for implicit TLS: after {@link #tlsEstablished}): greets. Called once,
   * first or second.
   */
  Demand opened(Effects out);

  /**
   * Bytes came. Consumes what it may; what remains stays with the driver and is given again, with
   * more behind it, when the demand is {@link Demand#INPUT} again. With INPUT returned and bytes
   * left over the driver calls again at once.
   */
  Demand receive(ByteBuffer in, Effects out);

  /** The one outstanding call has finished. Comes exactly once for each {@link Effects#call}. */
  Demand resume(Outcome<?> done, Effects out);

  /** The transport fell below its low-water mark. */
  Demand writable(Effects out);

  /**
   * An {@link Effects#transfer} could not be read to its end: the answer is torn, the engine ends
   * the connection.
   */
  Demand transferFailed(StoreException why, Effects out);

  /** TLS stands: implicit, or asked for with {@link Effects#startTls}. */
  Demand tlsEstablished(TlsInfo tls, Effects out);

  /** A watched mailbox may have changed; merged per connection. Allowed at every demand. */
  Demand hint(MailboxId which, Effects out);

  /** Time passed the {@link #deadline}. Allowed at every demand. */
  Demand tick(Effects out);

  /**
   * When the engine wants a {@link #tick}, on the scale of {@link Effects#nanoTime}; asked for
   * after every call.
   */
  OptionalLong deadline();

  /** The peer will send no more, but may still read. Comes after all input was consumed. */
  Demand endOfInput(Effects out);

  /** Graceful stop: takes leave (BYE, 421) at the next boundary between commands. */
  Demand stop(Effects out);

  /**
   * The connection is gone, whoever ended it: handles are released by {@link Effects#release},
   * output is dropped. Called once, last: an outstanding call is asked to stop and its outcome
   * comes before this by {@link #resume}; a call recorded after the connection went is never run.
   */
  void connectionLost(Effects out);
}
