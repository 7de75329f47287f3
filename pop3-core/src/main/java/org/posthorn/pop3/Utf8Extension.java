package org.posthorn.pop3;

import java.util.List;

/** UTF8, RFC 6856 section 2: names and passwords may be UTF-8, and messages after the command. */
final class Utf8Extension implements Pop3Extension {
  @Override
  public String name() {
    return "UTF8";
  }

  @Override
  public List<Pop3Command> commands() {
    return List.of(new Utf8Command());
  }

  @Override
  public List<String> capabilities(Pop3Session session) {
    return List.of("UTF8 USER");
  }

  private static final class Utf8Command implements Pop3Command {
    @Override
    public String name() {
      return "UTF8";
    }

    @Override
    public boolean allowed(Pop3State state) {
      return state == Pop3State.AUTHORIZATION;
    }

    @Override
    public void run(Pop3Session session, Arguments arguments) throws SyntaxException {
      arguments.end();
      session.enableUtf8();
      session.ok("UTF8 enabled");
    }
  }
}
