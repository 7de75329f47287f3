package org.posthorn.examples;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.SpecialUse;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The command line of {@code serve}. A port of 0 is any free one; a listener without its option is
 * off.
 */
final class ServeOptions {
  @Option(names = "--host", description = "Address to listen on (default: ${DEFAULT-VALUE}).")
  String host = "127.0.0.1";

  @Option(names = "--imap", paramLabel = "PORT", description = "IMAP with STARTTLS.")
  @Nullable Integer imap;

  @Option(names = "--imaps", paramLabel = "PORT", description = "IMAP over TLS.")
  @Nullable Integer imaps;

  @Option(names = "--pop3", paramLabel = "PORT", description = "POP3 with STLS.")
  @Nullable Integer pop3;

  @Option(names = "--pop3s", paramLabel = "PORT", description = "POP3 over TLS.")
  @Nullable Integer pop3s;

  @Option(
      names = "--submission",
      paramLabel = "PORT",
      description = "Submission with STARTTLS, AUTH required.")
  @Nullable Integer submission;

  @Option(
      names = "--submissions",
      paramLabel = "PORT",
      description = "Submission over TLS, AUTH required.")
  @Nullable Integer submissions;

  @Option(names = "--smtp", paramLabel = "PORT", description = "SMTP for the local domains.")
  @Nullable Integer smtp;

  @Option(names = "--lmtp", paramLabel = "PORT", description = "LMTP for the local domains.")
  @Nullable Integer lmtp;

  @Option(
      names = "--store",
      description =
          "memory, sqlite:DIRECTORY or postgresql://USER:PASSWORD@HOST:PORT/DATABASE (default:"
              + " ${DEFAULT-VALUE}).")
  String store = "memory";

  @Option(
      names = "--compress",
      paramLabel = "LEVEL",
      arity = "0..1",
      fallbackValue = "1",
      description = "Deflate new mail in the store: 1 (fast, the default) to 9 (small).")
  @Nullable Integer compress;

  @Option(
      names = "--domain",
      description = "A local domain; may be given several times (default: localhost).")
  List<String> domains = new ArrayList<>();

  @Option(names = "--hostname", description = "This server's name (default: ${DEFAULT-VALUE}).")
  String hostname = "localhost";

  @Option(
      names = "--user",
      paramLabel = "NAME:PASSWORD",
      description = "A user; may be given several times.")
  List<String> users = new ArrayList<>();

  @Option(
      names = "--any-user",
      paramLabel = "PASSWORD",
      description = "Lets every user name in with this password; accounts appear at first login.")
  @Nullable String anyUser;

  @Option(
      names = "--milter",
      paramLabel = "ENDPOINT",
      description =
          "A milter that mail passes, unix:PATH or inet:HOST:PORT; may be given several times.")
  List<String> milters = new ArrayList<>();

  @Option(
      names = "--clamd",
      paramLabel = "ENDPOINT",
      description = "ClamAV's daemon; what it finds is refused.")
  @Nullable String clamd;

  @Option(
      names = "--spamd",
      paramLabel = "ENDPOINT",
      description = "SpamAssassin's daemon; mail is tagged.")
  @Nullable String spamd;

  @Option(
      names = "--rspamd",
      paramLabel = "URL",
      description = "Rspamd's normal worker, such as http://localhost:11333.")
  @Nullable URI rspamd;

  @Option(names = "--allow-plaintext", description = "Permits passwords without TLS.")
  boolean allowPlaintext;

  @Option(names = "--cert", description = "Certificate chain, PEM.")
  @Nullable Path certificate;

  @Option(names = "--key", description = "Private key, PEM.")
  @Nullable Path key;

  @Mixin MailOptions mail = new MailOptions();

  @Mixin RetentionOptions retention = new RetentionOptions();

  @Option(
      names = "--backup-to",
      paramLabel = "DIRECTORY",
      description = "Keeps a backup there up to date while the server runs.")
  @Nullable Path backupTo;

  @Option(
      names = "--backup-every",
      paramLabel = "MINUTES",
      description = "How often (default: ${DEFAULT-VALUE}).")
  int backupMinutes = 60;

  /** Folders that new accounts have besides INBOX. */
  Map<String, SpecialUse> folders = Map.of();

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
    put(ports, "lmtp", lmtp);
    return ports;
  }

  private static void put(Map<String, Integer> ports, String name, @Nullable Integer port) {
    if (port != null) {
      ports.put(name, port);
    }
  }
}
