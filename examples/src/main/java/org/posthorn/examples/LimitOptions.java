package org.posthorn.examples;

import org.jspecify.annotations.Nullable;
import org.posthorn.imap.ImapLimits;
import org.posthorn.server.ServerLimits;
import org.posthorn.smtp.SmtpLimits;
import picocli.CommandLine.Option;

/** What clients of {@code serve} may take. */
final class LimitOptions {
  @Option(
      names = "--max-message",
      paramLabel = "SIZE",
      converter = OptionTypes.Size.class,
      description = "The largest message, by SMTP (default: 50M) and by IMAP (default: 64M).")
  @Nullable Long message;

  @Option(
      names = "--max-recipients",
      paramLabel = "NUMBER",
      converter = OptionTypes.Positive.class,
      description = "Recipients of one message (default: 1000).")
  @Nullable Integer recipients;

  @Option(
      names = "--max-connections",
      paramLabel = "NUMBER",
      converter = OptionTypes.Positive.class,
      description = "Connections in all.")
  @Nullable Integer connections;

  @Option(
      names = "--max-connections-per-address",
      paramLabel = "NUMBER",
      converter = OptionTypes.Positive.class,
      description = "Connections of one client.")
  @Nullable Integer connectionsPerAddress;

  SmtpLimits smtp() {
    SmtpLimits.Builder limits = SmtpLimits.builder();
    if (message != null) {
      limits.messageOctets(message);
    }
    if (recipients != null) {
      limits.recipients(recipients);
    }
    return limits.build();
  }

  ImapLimits imap() {
    return message == null ? ImapLimits.DEFAULTS : ImapLimits.builder().message(message).build();
  }

  ServerLimits server() {
    ServerLimits limits = ServerLimits.DEFAULTS;
    return limits.toBuilder()
        .connections(connections == null ? limits.connections() : connections)
        .connectionsPerAddress(
            connectionsPerAddress == null ? limits.connectionsPerAddress() : connectionsPerAddress)
        .build();
  }
}
