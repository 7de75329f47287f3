package org.posthorn.delivery;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.delivery.DeliveryPlan.Copy;
import org.posthorn.delivery.response.AutoResponder;
import org.posthorn.delivery.response.AutoResponder.Answer;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/** Sends automatic answers to mail that was delivered; a failure is told to the log only. */
final class Responses {
  private static final System.Logger LOG = System.getLogger(Responses.class.getName());

  private final @Nullable AutoResponder responder;

  Responses(@Nullable AutoResponder responder) {
    this.responder = responder;
  }

  void answer(LocalDelivery delivery, Collection<Copy> copies, MessageHeader header) {
    if (responder == null) {
      return;
    }
    Set<String> answered = new HashSet<>();
    for (Copy copy : copies) {
      if (answered.add(copy.account())) {
        try {
          answer(responder, delivery, copy, header);
        } catch (StoreException e) {
          LOG.log(System.Logger.Level.WARNING, "no automatic answer for " + copy.account(), e);
        }
      }
    }
  }

  private static void answer(
      AutoResponder responder, LocalDelivery delivery, Copy copy, MessageHeader header)
      throws StoreException {
    Optional<Answer> answer =
        responder.answer(copy.account(), copy.recipient().address(), copy.sender(), header);
    if (answer.isPresent()) {
      Verdict verdict =
          delivery.submit(ReversePath.NULL, answer.get().to(), answer.get().message());
      if (!verdict.accepted()) {
        LOG.log(System.Logger.Level.INFO, "automatic answer refused: " + verdict.text());
      }
    }
  }
}
