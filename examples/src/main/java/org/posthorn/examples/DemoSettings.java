package org.posthorn.examples;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.posthorn.server.MailServer;
import org.posthorn.store.SpecialUse;

/** The settings of the demo server: fixed ports above 1024, one user, mail kept in a folder. */
final class DemoSettings {
  static final String USER = "demo@localhost";
  static final String PASSWORD = "posthorn";
  static final String DIRECTORY = "posthorn-demo";

  /** What mail programs look for (RFC 6154). */
  private static final Map<String, SpecialUse> FOLDERS =
      Map.of(
          "Archive", SpecialUse.ARCHIVE,
          "Drafts", SpecialUse.DRAFTS,
          "Junk", SpecialUse.JUNK,
          "Sent", SpecialUse.SENT,
          "Trash", SpecialUse.TRASH);

  private DemoSettings() {}

  static ServeOptions options() {
    ServeOptions options = new ServeOptions();
    options.listen.imap = 1143;
    options.listen.imaps = 1993;
    options.listen.pop3 = 1110;
    options.listen.pop3s = 1995;
    options.listen.submission = 1587;
    options.listen.submissions = 1465;
    options.listen.smtp = 1025;
    options.accounts.store = "sqlite:" + DIRECTORY;
    options.accounts.domains = List.of("localhost");
    options.accounts.users = List.of(USER + ":" + PASSWORD);
    options.folders = FOLDERS;
    return options;
  }

  static void explain(MailServer server, PrintStream out) {
    out.printf(
        """

        Posthorn demo server. Set up a mail program like this:

          e-mail address, user name   %s
          password                    %s
          incoming, IMAP              127.0.0.1 port %d, TLS   (or port %d, STARTTLS)
          incoming, POP3              127.0.0.1 port %d, TLS   (or port %d, STARTTLS)
          outgoing, SMTP              127.0.0.1 port %d, TLS   (or port %d, STARTTLS)

        The certificate is self-signed: the mail program will ask once.
        Mail to %s may also be sent without a password to port %d (SMTP).
        Mail is kept in the folder %s. Stop with Ctrl-C.

        """,
        USER,
        PASSWORD,
        server.port("imaps"),
        server.port("imap"),
        server.port("pop3s"),
        server.port("pop3"),
        server.port("submissions"),
        server.port("submission"),
        USER,
        server.port("smtp"),
        DIRECTORY);
  }
}
