package org.posthorn.pop3;

import java.util.List;

/** STLS, RFC 2595 section 4. */
final class StlsExtension implements Pop3Extension {
  @Override
  public String name() {
    return "STLS";
  }

  @Override
  public List<Pop3Command> commands() {
    return List.of(new StlsCommand());
  }

  @Override
  public List<String> capabilities(Pop3Session session) {
    boolean possible =
        session.state() == Pop3State.AUTHORIZATION
            && session.tls() == null
            && session.connection().tlsAvailable();
    return possible ? List.of("STLS") : List.of();
  }

  private static final class StlsCommand implements Pop3Command {
    @Override
    public String name() {
      return "STLS";
    }

    @Override
    public boolean allowed(Pop3State state) {
      return state == Pop3State.AUTHORIZATION;
    }

    @Override
    public void run(Pop3Session session, Arguments arguments) throws SyntaxException {
      arguments.end();
      if (session.tls() != null) {
        session.err("TLS is active already");
      } else if (session.utf8()) {
        // RFC 6856 section 2.1.
        session.err("STLS comes before UTF8");
      } else if (!session.connection().tlsAvailable()) {
        session.err("TLS is not available");
      } else {
        session.ok("Begin TLS negotiation");
        session.startTls();
      }
    }
  }
}
