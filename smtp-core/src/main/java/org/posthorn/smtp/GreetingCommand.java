package org.posthorn.smtp;

import java.util.ArrayList;
import java.util.List;

/** HELO, EHLO and LHLO (RFC 5321 section 4.1.1.1, RFC 2033 section 4.1). */
final class GreetingCommand implements SmtpCommand {
  private static final int NAME_LIMIT = 255;

  private final String verb;

  GreetingCommand(String verb) {
    this.verb = verb;
  }

  @Override
  public String verb() {
    return verb;
  }

  @Override
  public String usage() {
    return verb + " domain";
  }

  @Override
  public void execute(SmtpSession session, String arguments) throws SmtpSyntaxException {
    boolean lmtp = session.role() == SmtpRole.LMTP;
    if (lmtp != verb.equals("LHLO")) {
      session.reply(new Verdict(500, "5.5.1", lmtp ? "LHLO expected" : "Command not recognized"));
      return;
    }
    session.greeted(name(arguments), !verb.equals("HELO"));
    String greeting = session.service().hostname();
    if (verb.equals("HELO")) {
      session.reply(250, greeting);
      return;
    }
    List<String> lines = new ArrayList<>();
    lines.add(greeting);
    for (SmtpExtension extension : session.service().extensions()) {
      extension.announcement(session).ifPresent(lines::add);
    }
    session.reply(250, lines);
  }

  /**
   * Real clients send underscores, bare addresses and worse; only what would break our own headers
   * is refused. International names come as A-labels (RFC 6531 section 3.7.1).
   */
  private static String name(String arguments) throws SmtpSyntaxException {
    if (arguments.isEmpty() || arguments.length() > NAME_LIMIT) {
      throw new SmtpSyntaxException("domain or address literal expected");
    }
    if (!arguments.codePoints().allMatch(GreetingCommand::nameCharacter)) {
      throw new SmtpSyntaxException("character not allowed in a domain");
    }
    return arguments;
  }

  private static boolean nameCharacter(int c) {
    return c > ' ' && c < 0x7f && "()<>@,;\\\"".indexOf(c) < 0;
  }
}
