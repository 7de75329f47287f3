package org.posthorn.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where {@code serve} listens. A listener without its option is off. */
final class ListenOptions {
  /** Whose TLS it is. */
  enum TlsProvider {
    JDK,
    BOUNCYCASTLE
  }

  @Option(names = "--host", description = "Address to listen on (default: ${DEFAULT-VALUE}).")
  String host = "127.0.0.1";

  @Option(
      names = "--imap",
      paramLabel = "PORT",
      converter = OptionTypes.Port.class,
      description = "IMAP with STARTTLS; 0 is any free port.")
  @Nullable Integer imap;

  @Option(
      names = "--imaps",
      paramLabel = "PORT",
      converter = OptionTypes.Port.class,
      description = "IMAP over TLS.")
  @Nullable Integer imaps;

  @Option(
      names = "--pop3",
      paramLabel = "PORT",
      converter = OptionTypes.Port.class,
      description = "POP3 with STLS.")
  @Nullable Integer pop3;

  @Option(
      names = "--pop3s",
      paramLabel = "PORT",
      converter = OptionTypes.Port.class,
      description = "POP3 over TLS.")
  @Nullable Integer pop3s;

  @Option(
      names = "--submission",
      paramLabel = "PORT",
      converter = OptionTypes.Port.class,
      description = "Submission with STARTTLS, AUTH required.")
  @Nullable Integer submission;

  @Option(
      names = "--submissions",
      paramLabel = "PORT",
      converter = OptionTypes.Port.class,
      description = "Submission over TLS, AUTH required.")
  @Nullable Integer submissions;

  @Option(
      names = "--smtp",
      paramLabel = "PORT",
      converter = OptionTypes.Port.class,
      description = "SMTP for the local domains, with STARTTLS.")
  @Nullable Integer smtp;

  @Option(
      names = "--smtps",
      paramLabel = "PORT",
      converter = OptionTypes.Port.class,
      description = "SMTP for the local domains, over TLS.")
  @Nullable Integer smtps;

  @Option(
      names = "--lmtp",
      paramLabel = "PORT",
      converter = OptionTypes.Port.class,
      description = "LMTP for the local domains.")
  @Nullable Integer lmtp;

  @Option(names = "--hostname", description = "This server's name (default: ${DEFAULT-VALUE}).")
  String hostname = "localhost";

  @Option(names = "--allow-plaintext", description = "Permits passwords without TLS.")
  boolean allowPlaintext;

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      description = "Certificate chain, PEM (default: self-signed).")
  @Nullable Path certificate;

  @Option(names = "--key", paramLabel = "FILE", description = "Private key, PEM.")
  @Nullable Path key;

  @Option(
      names = "--tls-provider",
      paramLabel = "jdk|bouncycastle",
      description =
          "Whose TLS (default: jdk, with OpenSSL where it is to be had). bouncycastle has what"
              + " SCRAM-...-PLUS needs before JDK 25.")
  TlsProvider tlsProvider = TlsProvider.JDK;

  @Option(
      names = "--proxy-from",
      paramLabel = "NETWORK",
      description =
          "Takes connections from these networks only, such as 192.0.2.0/24, each with a PROXY"
              + " header; may be given several times.")
  List<String> proxies = new ArrayList<>();

  /** Listener names to ports, in the order in which they are told. */
  Map<String, Integer> ports() {
    Map<String, Integer> ports = new LinkedHashMap<>();
    put(ports, "imap", imap);
    put(ports, "imaps", imaps);
    put(ports, "pop3", pop3);
    put(ports, "pop3s", pop3s);
    put(ports, "submission", submission);
    put(ports, "submissions", submissions);
    put(ports, "smtp", smtp);
    put(ports, "smtps", smtps);
    put(ports, "lmtp", lmtp);
    return ports;
  }

  private static void put(Map<String, Integer> ports, String name, @Nullable Integer port) {
    if (port != null) {
      ports.put(name, port);
    }
  }
}
