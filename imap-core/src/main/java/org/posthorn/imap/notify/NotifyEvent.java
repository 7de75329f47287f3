package org.posthorn.imap.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Session;

/** What a client may be told of (RFC 5465 section 5). Annotations of messages do not exist here. */
enum NotifyEvent {
  MESSAGE_NEW("MessageNew"),
  MESSAGE_EXPUNGE("MessageExpunge"),
  FLAG_CHANGE("FlagChange"),
  MAILBOX_NAME("MailboxName"),
  SUBSCRIPTION_CHANGE("SubscriptionChange"),
  MAILBOX_METADATA_CHANGE("MailboxMetadataChange"),
  SERVER_METADATA_CHANGE("ServerMetadataChange");

  private final String word;

  NotifyEvent(String word) {
    this.word = word;
  }

  /** RFC 5465: message-event; those of the selected mailbox are asked for on their own. */
  boolean isAboutMessages() {
    return this == MESSAGE_NEW || this == MESSAGE_EXPUNGE || this == FLAG_CHANGE;
  }

  private boolean isAboutMetadata() {
    return this == MAILBOX_METADATA_CHANGE || this == SERVER_METADATA_CHANGE;
  }

  /**
   * The event of that name, null where it is not told of here.
   *
   * @param name in upper case
   */
  static @Nullable NotifyEvent of(String name, Session session) {
    for (NotifyEvent event : supported(session)) {
      if (event.word.toUpperCase(Locale.ROOT).equals(name)) {
        return event;
      }
    }
    return null;
  }

  /** The names of all events that are told of here, for BADEVENT. */
  static String names(Session session) {
    List<String> names = new ArrayList<>();
    for (NotifyEvent event : supported(session)) {
      names.add(event.word);
    }
    return String.join(" ", names);
  }

  private static List<NotifyEvent> supported(Session session) {
    boolean metadata = session.service().registry().has("METADATA");
    List<NotifyEvent> supported = new ArrayList<>();
    for (NotifyEvent event : values()) {
      if (metadata || !event.isAboutMetadata()) {
        supported.add(event);
      }
    }
    return supported;
  }
}
