package org.posthorn.pop3;

import java.util.List;

/** What this module knows. */
final class Pop3Extensions {
  private Pop3Extensions() {}

  /** In the order of the answer to CAPA. */
  static List<Pop3Extension> standard() {
    return List.of(
        new Basics(),
        new StlsExtension(),
        new PasswordExtension(),
        new SaslExtension(),
        Pop3Extension.of("TOP", new TopCommand()),
        Pop3Extension.of("UIDL", new UidlCommand()),
        Pop3Extension.of("RESP-CODES"),
        Pop3Extension.of("AUTH-RESP-CODE"),
        Pop3Extension.of("PIPELINING"),
        new Announcements(),
        new Utf8Extension(),
        new LangExtension(),
        Pop3Extension.of("IMPLEMENTATION Posthorn"));
  }

  /** RFC 1939 section 5, without a capability of its own, and CAPA. */
  private static final class Basics implements Pop3Extension {
    @Override
    public String name() {
      return "RFC1939";
    }

    @Override
    public List<Pop3Command> commands() {
      return List.of(
          new CapaCommand(),
          new StatCommand(),
          new ListCommand(),
          new RetrCommand(),
          new DeleCommand(),
          new NoopCommand(),
          new RsetCommand(),
          new QuitCommand());
    }

    @Override
    public List<String> capabilities(Pop3Session session) {
      return List.of();
    }
  }

  /** What the service promises: EXPIRE and LOGIN-DELAY, RFC 2449 sections 6.5 and 6.7. */
  private static final class Announcements implements Pop3Extension {
    @Override
    public String name() {
      return "EXPIRE";
    }

    @Override
    public List<Pop3Command> commands() {
      return List.of();
    }

    @Override
    public List<String> capabilities(Pop3Session session) {
      String expire = session.service().expiry().announcement();
      LoginIntervals intervals = session.service().loginIntervals();
      return intervals.isNone()
          ? List.of(expire)
          : List.of(expire, "LOGIN-DELAY " + intervals.seconds());
    }
  }
}
