package org.posthorn.smtp;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** RFC 3030: CHUNKING and its command. */
final class BdatCommand implements SmtpExtension, SmtpCommand {
  private static final int DIGITS = 18;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  @Override
  public Optional<String> announcement(SmtpSession session) {
    return Optional.of("CHUNKING");
  }

  @Override
  public List<SmtpCommand> commands() {
    return List.of(this);
  }

  @Override
  public String verb() {
    return "BDAT";
  }

  @Override
  public String usage() {
    return "BDAT octets [LAST]";
  }

  @Override
  public void execute(SmtpSession session, String arguments) {
    String[] words = arguments.split(" +", -1);
    long size = size(words[0]);
    boolean last = words.length == 2 && words[1].toUpperCase(Locale.ROOT).equals("LAST");
    if (size < 0 || words.length > (last ? 2 : 1)) {
      // How much content follows is not known, and it must not be read as commands.
      session.bye(
          new Verdict(501, "5.5.4", "Syntax error: size, and perhaps LAST, expected"),
          "BDAT without a size");
      return;
    }
    Verdict refusal = MailCommand.contentRefusal(session);
    Mail mail = session.mail();
    if (refusal != null || mail == null) {
      discard(session, size, refusal);
      return;
    }
    mail.chunks(
        session,
        content -> {
          BdatInput input = new BdatInput(session, content, size, last);
          session.read(input);
          input.receive(NOTHING.duplicate());
        },
        failure -> {
          session.resetTransaction();
          discard(session, size, Failures.verdict(failure));
        });
  }

  private static void discard(SmtpSession session, long size, @Nullable Verdict refusal) {
    DiscardInput input =
        new DiscardInput(session, size, refusal == null ? MailCommand.MAIL_FIRST : refusal);
    session.read(input);
    input.receive(NOTHING.duplicate());
  }

  /** Negative when it is none. */
  private static long size(String word) {
    if (word.isEmpty() || word.length() > DIGITS) {
      return -1;
    }
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) < '0' || word.charAt(i) > '9') {
        return -1;
      }
    }
    return Long.parseLong(word);
  }
}
