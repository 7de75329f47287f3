package org.posthorn.smtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.protocol.sasl.SaslService;

/** RFC 4954: the AUTH command and the AUTH parameter of MAIL. */
final class Auth implements SmtpExtension, SmtpCommand {
  private final SaslService sasl;

  Auth(SaslService sasl) {
    this.sasl = sasl;
  }

  @Override
  public Optional<String> announcement(SmtpSession session) {
    List<String> mechanisms = sasl.announced(session.connection(), session.tls());
    return mechanisms.isEmpty()
        ? Optional.empty()
        : Optional.of("AUTH " + String.join(" ", mechanisms));
  }

  @Override
  public List<SmtpCommand> commands() {
    return List.of(this);
  }

  @Override
  public Map<String, ParameterCheck> mailParameters() {
    return Map.of("AUTH", Auth::checkParameter);
  }

  private static String checkParameter(SmtpSession session, String value)
      throws SmtpSyntaxException {
    String mailbox = Xtext.decode(value);
    if (mailbox.equals("<>")) {
      return mailbox;
    }
    Address.parse(mailbox);
    // Section 5: whom we do not know is not believed.
    return session.user() == null ? "<>" : value;
  }

  @Override
  public String verb() {
    return "AUTH";
  }

  @Override
  public String usage() {
    return "AUTH mechanism [initial-response]";
  }

  @Override
  public void execute(SmtpSession session, String arguments) throws SmtpSyntaxException {
    if (session.helo() == null) {
      session.reply(new Verdict(503, "5.5.1", "EHLO first"));
    } else if (session.user() != null) {
      session.reply(new Verdict(503, "5.5.1", "Authenticated already"));
    } else if (session.inTransaction()) {
      session.reply(new Verdict(503, "5.5.1", "Not during a mail transaction"));
    } else {
      start(session, arguments);
    }
  }

  private void start(SmtpSession session, String arguments) throws SmtpSyntaxException {
    String[] words = arguments.split(" +", -1);
    if (words[0].isEmpty() || words.length > 2) {
      throw new SmtpSyntaxException("mechanism and at most an initial response expected");
    }
    SaslService.Start start =
        sasl.start(words[0], session.connection(), session.tls(), session.effects());
    if (start instanceof SaslService.Start.Begun begun) {
      if (words.length > 1 && begun.dialogue().serverFirst()) {
        // RFC 4954 section 4 names both codes.
        session.reply(new Verdict(501, "5.7.0", "The server begins with this mechanism"));
        return;
      }
      AuthInput input = new AuthInput(session, sasl, begun.dialogue());
      session.read(input);
      input.turn(
          words.length == 1 ? begun.dialogue().begin() : begun.dialogue().begin(octets(words[1])));
    } else if (start instanceof SaslService.Start.NeedsTls) {
      session.reply(new Verdict(538, "5.7.11", "Encryption required for this mechanism"));
    } else {
      session.reply(new Verdict(504, "5.5.4", "Unrecognized authentication mechanism"));
    }
  }

  private static ByteBuffer octets(String word) {
    return ByteBuffer.wrap(word.getBytes(StandardCharsets.UTF_8));
  }
}
