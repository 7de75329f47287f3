package org.posthorn.delivery.response;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.posthorn.delivery.MessageHeader;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.ReversePath;
import org.posthorn.store.StoreException;

/** Answers for users who are away. Thread-safe. */
public final class AutoResponder {
  private final Vacations vacations;
  private final TimeMemory memory;
  private final Clock clock;

  /**
   * @param memory who was answered; closed by the caller
   */
  public AutoResponder(Vacations vacations, TimeMemory memory, Clock clock) {
    this.vacations = vacations;
    this.memory = memory;
    this.clock = clock;
  }

  /** An answer, to be sent with the null reverse-path. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never changed
  public record Answer(Address to, byte[] message) {}

  /**
   * The answer to a message that an account got, and notes that it is given.
   *
   * @param recipient as the sender wrote it
   */
  public Optional<Answer> answer(
      String account, Address recipient, ReversePath sender, MessageHeader header)
      throws StoreException {
    Instant now = clock.instant();
    Optional<Vacation> found = vacations.of(account);
    if (found.isEmpty() || !found.get().holds(now)) {
      return Optional.empty();
    }
    Vacation vacation = found.get();
    Set<Address> own = new HashSet<>(vacation.own());
    own.add(recipient);
    if (ResponseRules.objection(sender, header, own).isPresent()) {
      return Optional.empty();
    }
    Address to = sender.address().orElseThrow();
    String key = account + '\0' + to.toString().toLowerCase(Locale.ROOT);
    if (!memory.claim(key, now, vacation.period())) {
      return Optional.empty();
    }
    OffsetDateTime date = OffsetDateTime.ofInstant(now, clock.getZone());
    return Optional.of(
        new Answer(to, ResponseMessage.compose(vacation, recipient, to, header, date)));
  }
}
