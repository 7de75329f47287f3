package org.posthorn.store.cassandra.faults;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A UID names one message for ever: nobody is given one twice, nobody sees two messages under it.
 */
final class UidRule implements Rule {
  private final Map<Place, String> given = new HashMap<>();

  @Override
  public void check(Recorded history, Consumer<String> wrong) {
    given.clear();
    for (Event event : history.events) {
      if (event instanceof Event.Append append && append.uid() > 0) {
        give(new Place(append.mailbox(), append.uid()), append, wrong);
        same(history, new Place(append.mailbox(), append.uid()), append.message(), append, wrong);
        validity(history, append.mailbox(), append.validity(), append, wrong);
      } else if (event instanceof Event.Transfer transfer) {
        Recorded.pairs(transfer)
            .forEach(
                (source, copy) -> {
                  give(copy, transfer, wrong);
                  Long message = history.numbers.get(source);
                  if (message != null) {
                    same(history, copy, message, transfer, wrong);
                  }
                });
      } else if (event instanceof Event.Saw saw && saw.message() > 0) {
        same(history, new Place(saw.mailbox(), saw.uid()), saw.message(), saw, wrong);
      } else if (event instanceof Event.Message message) {
        same(history, new Place(message.mailbox(), message.uid()), message.message(), event, wrong);
      } else if (event instanceof Event.Select select) {
        validity(history, select.mailbox(), select.validity(), select, wrong);
      }
    }
  }

  private void give(Place place, Event event, Consumer<String> wrong) {
    String before = given.put(place, event.line());
    if (before != null) {
      wrong.accept("UID " + place + " was given twice: " + before + " and " + event.line());
    }
  }

  private static void same(
      Recorded history, Place place, long message, Event event, Consumer<String> wrong) {
    Long known = history.numbers.get(place);
    if (known != null && known != message) {
      wrong.accept("UID " + place + " is message " + known + " and: " + event.line());
    }
  }

  private static void validity(
      Recorded history, String mailbox, long validity, Event event, Consumer<String> wrong) {
    Event.Truth truth = history.truths.get(mailbox);
    if (truth != null && validity > 0 && truth.validity() != validity) {
      wrong.accept("UIDVALIDITY is " + truth.validity() + " in the end, before: " + event.line());
    }
  }
}
