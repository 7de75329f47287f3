package org.posthorn.pop3;

import java.util.List;

/** LANG, RFC 6856 section 3. */
final class LangExtension implements Pop3Extension {
  @Override
  public String name() {
    return "LANG";
  }

  @Override
  public List<Pop3Command> commands() {
    return List.of(new LangCommand());
  }

  @Override
  public List<String> capabilities(Pop3Session session) {
    return List.of("LANG");
  }

  private static final class LangCommand implements Pop3Command {
    @Override
    public String name() {
      return "LANG";
    }

    @Override
    public boolean allowed(Pop3State state) {
      return true;
    }

    @Override
    public void run(Pop3Session session, Arguments arguments) throws SyntaxException {
      List<Pop3Language> known = session.service().languages();
      if (arguments.isEmpty()) {
        session.ok("Language listing follows");
        for (Pop3Language language : known) {
          session.line(language.tag() + " " + language.name());
        }
        session.endOfLines();
        return;
      }
      String range = arguments.word("a language");
      arguments.end();
      for (Pop3Language language : known) {
        if (range.equals("*") || language.matches(range)) {
          session.language(language);
          session.ok(language.tag() + " " + language.text("Language changed"));
          return;
        }
      }
      session.err("No such language");
    }
  }
}
