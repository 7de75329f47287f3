package org.posthorn.examples;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What mail has to pass before {@code serve} delivers it. */
final class CheckOptions {
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
      names = "--spamd-refuse",
      paramLabel = "SCORE",
      description = "Refuses mail to which --spamd gives this score or more.")
  @Nullable Double spamdRefuse;

  @Option(
      names = "--rspamd",
      paramLabel = "URL",
      description = "Rspamd's normal worker, such as http://localhost:11333.")
  @Nullable URI rspamd;

  @Option(
      names = "--checks-optional",
      description = "Mail passes while one of them does not answer; otherwise it has to wait.")
  boolean optional;

  @Option(
      names = "--quarantine",
      paramLabel = "USER[=FOLDER]",
      description =
          "Whose folder gets what a check wants quarantined (default folder: Quarantine); without"
              + " it such mail is refused.")
  @Nullable String quarantine;
}
