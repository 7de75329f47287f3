package org.posthorn.pop3;

/** CAPA, RFC 2449 section 5. */
final class CapaCommand implements Pop3Command {
  @Override
  public String name() {
    return "CAPA";
  }

  @Override
  public boolean allowed(Pop3State state) {
    return true;
  }

  @Override
  public void run(Pop3Session session, Arguments arguments) throws SyntaxException {
    arguments.end();
    session.ok("Capabilities follow");
    session.service().registry().capabilities(session).forEach(session::line);
    session.endOfLines();
  }
}
