package org.posthorn.examples;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which outside mailboxes {@code serve} fetches. */
final class CollectOptions {
  @Option(
      names = "--collect",
      paramLabel = "URL=ADDRESS",
      description =
          "Fetches an outside mailbox for an address here: pop3, pop3s, imap or imaps (with"
              + " +starttls for that), pop3s://USER:PASSWORD@HOST[:PORT], imaps://.../FOLDER,"
              + " special characters as %%XX; may be given several times.")
  List<String> sources = new ArrayList<>();

  @Option(
      names = "--collect-every",
      paramLabel = "SECONDS",
      converter = OptionTypes.Positive.class,
      description = "Time between two looks (default: 300).")
  int seconds = 300;

  @Option(
      names = "--collect-keep",
      paramLabel = "DAYS|forever",
      description = "How long mail stays there after it came here (default: not at all).")
  @Nullable String keep;
}
