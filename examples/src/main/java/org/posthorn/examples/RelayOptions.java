package org.posthorn.examples;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.posthorn.smtp.client.TlsUse;
import picocli.CommandLine.Option;

/** How mail leaves {@code serve}. */
final class RelayOptions {
  @Option(
      names = "--relay",
      paramLabel = "HOST:PORT|mx",
      description =
          "Sends what users write to other domains: through this server, or by MX records"
              + " (default: not at all).")
  @Nullable String relay;

  @Option(
      names = "--relay-user",
      paramLabel = "NAME:PASSWORD",
      description = "Logs in at the server of --relay.")
  @Nullable String relayUser;

  @Option(
      names = "--relay-tls",
      paramLabel = "none|opportunistic|required|implicit",
      description = "TLS with other servers (default: opportunistic; required with --relay-user).")
  TlsUse relayTls = TlsUse.OPPORTUNISTIC;

  @Option(
      names = "--relay-mx-port",
      paramLabel = "PORT",
      converter = OptionTypes.Positive.class,
      description = "Port of other servers with --relay mx (default: ${DEFAULT-VALUE}).")
  int relayMxPort = 25;

  @Option(
      names = "--dns",
      paramLabel = "HOST[:PORT]",
      description = "Name server to ask (default: as this machine is set up).")
  @Nullable String dns;

  @Option(
      names = "--dns-signed",
      description =
          "The name server verifies signatures and is believed: REQUIRETLS is offered with --relay"
              + " mx.")
  boolean dnsSigned;

  @Option(
      names = "--mta-sts",
      description = "Follows policies of other domains about TLS (MTA-STS) with --relay mx.")
  boolean mtaSts;

  @Option(
      names = "--queue",
      paramLabel = "DIRECTORY",
      description = "Where mail waits to be sent (default: queue in the directory of --state).")
  @Nullable Path queue;

  @Option(
      names = "--retry",
      paramLabel = "SECONDS",
      converter = OptionTypes.Positive.class,
      description = "Time to the second attempt, from which it grows (default: 300).")
  @Nullable Integer retrySeconds;

  @Option(
      names = "--delay-notice",
      paramLabel = "SECONDS",
      converter = OptionTypes.Positive.class,
      description = "Age at which the sender is told that it takes longer (default: four hours).")
  @Nullable Integer delaySeconds;

  @Option(
      names = "--give-up",
      paramLabel = "SECONDS",
      converter = OptionTypes.Positive.class,
      description = "Age at which mail goes back to its sender (default: five days).")
  @Nullable Integer giveUpSeconds;
}
