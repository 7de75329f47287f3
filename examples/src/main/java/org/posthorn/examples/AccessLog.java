package org.posthorn.examples;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.Event;
import org.posthorn.protocol.EventListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line per login, refusal, delivery and retrieval: who, from where, how much. */
final class AccessLog implements EventListener, AutoCloseable {
  private static final Logger FAULTS = LoggerFactory.getLogger("posthorn.faults");

  private final Lines lines;

  /** Where the lines go. Thread-safe. */
  interface Lines extends AutoCloseable {
    void add(Instant when, String line);

    @Override
    default void close() throws IOException {}
  }

  AccessLog(Lines lines) {
    this.lines = lines;
  }

  /** Writes to a file, or to the logger {@code posthorn.access}, which gives the time itself. */
  static AccessLog of(@Nullable Path file) throws IOException {
    if (file != null) {
      return new AccessLog(new AccessFile(file));
    }
    Logger logger = LoggerFactory.getLogger("posthorn.access");
    return new AccessLog((when, line) -> logger.info(line));
  }

  @Override
  public void on(Instant when, String protocol, ConnectionInfo connection, Event event) {
    if (event instanceof Event.Fault fault) {
      FAULTS.error("{} {}: {}", protocol, connection.id(), fault.during(), fault.cause());
      return;
    }
    String what = describe(event);
    if (what != null) {
      lines.add(
          when,
          String.format(
              Locale.ROOT, "%s %s peer=%s %s", protocol, connection.id(), peer(connection), what));
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private static String peer(ConnectionInfo connection) {
    InetSocketAddress peer = connection.peer();
    return peer.getAddress().getHostAddress() + ":" + peer.getPort();
  }

  /** Null for what is no access. */
  private static @Nullable String describe(Event event) {
    if (event instanceof Event.LoggedIn e) {
      return "login user=" + shown(e.account()) + " mechanism=" + e.mechanism();
    } else if (event instanceof Event.LoginRefused e) {
      return "login-refused user=" + shown(e.user()) + " reason=" + shown(e.reason());
    } else if (event instanceof Event.Refused e) {
      return "refused what=" + shown(e.what()) + " reason=" + shown(e.reason());
    } else if (event instanceof Event.Retrieved e) {
      return "retrieved user="
          + shown(e.account())
          + " messages="
          + e.messages()
          + " octets="
          + e.octets();
    } else if (event instanceof Event.Appended e) {
      return "appended user="
          + shown(e.account())
          + " mailbox="
          + shown(e.mailbox().path())
          + " messages="
          + e.messages()
          + " octets="
          + e.octets();
    } else if (event instanceof Event.Expunged e) {
      return "expunged user=" + shown(e.account()) + " messages=" + e.messages();
    } else if (event instanceof Event.Accepted e) {
      return "accepted from="
          + shown(e.sender())
          + " recipients="
          + e.recipients()
          + " octets="
          + e.octets();
    } else if (event instanceof Event.Delivered e) {
      return "delivered to=" + shown(e.recipient()) + " octets=" + e.octets();
    } else if (event instanceof Event.DeliveryRefused e) {
      return "delivery-refused to=" + shown(e.recipient()) + " reply=" + shown(e.reply());
    } else {
      return null;
    }
  }

  /** What a client chose must not break the line or add a field to it. */
  private static String shown(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return "-";
    }
    boolean plain = text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\');
    if (plain) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
              } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                quoted.appendCodePoint(c);
              }
            });
    return quoted.append('"').toString();
  }
}
