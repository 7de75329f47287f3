package org.posthorn.smtp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.posthorn.protocol.Event;
import org.posthorn.store.StoreException;

/**
 * RCPT commands that came together: checked one by one, asked about in one call, answered in order.
 */
final class RecipientBatch {
  private final SmtpSession session;
  private final List<Entry> entries = new ArrayList<>();

  private sealed interface Entry {}

  private record Asked(Recipient recipient) implements Entry {}

  private record Answered(Verdict verdict) implements Entry {}

  RecipientBatch(SmtpSession session) {
    this.session = session;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** An answer that is known already, in its place. */
  void refuse(Verdict verdict) {
    entries.add(new Answered(verdict));
  }

  /** One RCPT. */
  void add(String arguments) {
    Mail mail = session.mail();
    if (mail == null || mail.hasContent()) {
      refuse(mail == null ? MailCommand.MAIL_FIRST : new Verdict(503, "5.5.1", "BDAT has begun"));
      return;
    }
    if (mail.accepted().size() + asked().size() >= session.limits().recipients()) {
      refuse(new Verdict(452, "4.5.3", "Too many recipients"));
      return;
    }
    String enhanced = "5.1.3";
    try {
      if (!arguments.regionMatches(true, 0, "TO:", 0, 3)) {
        throw new SmtpSyntaxException("TO: expected");
      }
      PathParser parser = new PathParser(arguments.substring(3));
      Address address = parser.forwardPath();
      if (address.needsUtf8() && !mail.parameters().smtpUtf8()) {
        refuse(new Verdict(553, "5.6.7", "SMTPUTF8 needed for this address"));
        return;
      }
      enhanced = "5.5.4";
      Map<String, String> parameters = new HashMap<>();
      Parameters.read(parser, session, SmtpExtension::recipientParameters, parameters);
      entries.add(new Asked(new Recipient(address, parameters)));
    } catch (SmtpSyntaxException e) {
      refuse(new Verdict(501, enhanced, "Syntax error: " + e.getMessage()));
    } catch (RefusedException e) {
      refuse(e.verdict());
    }
  }

  private List<Recipient> asked() {
    List<Recipient> asked = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry instanceof Asked one) {
        asked.add(one.recipient());
      }
    }
    return asked;
  }

  /** Asks the handler, if there is anything to ask, and answers all. */
  void ask() {
    if (entries.isEmpty()) {
      return;
    }
    List<Entry> batch = List.copyOf(entries);
    List<Recipient> asked = asked();
    entries.clear();
    Mail mail = session.mail();
    if (asked.isEmpty() || mail == null) {
      answer(batch, List.of());
      return;
    }
    session.call(
        new Calls.AskRecipients(mail.transaction(), asked),
        verdicts -> {
          for (int i = 0; i < asked.size(); i++) {
            if (verdicts.get(i).accepted()) {
              mail.accepted().add(asked.get(i));
            }
          }
          answer(batch, verdicts);
        },
        failure -> answer(batch, failed(asked.size(), failure)));
  }

  private static List<Verdict> failed(int count, StoreException failure) {
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      verdicts.add(Failures.verdict(failure));
    }
    return verdicts;
  }

  private void answer(List<Entry> batch, List<Verdict> verdicts) {
    int next = 0;
    for (Entry entry : batch) {
      if (!session.wantsInput()) {
        return;
      }
      if (entry instanceof Asked asked) {
        Verdict verdict = verdicts.get(next++);
        if (!verdict.accepted()) {
          session
              .effects()
              .event(
                  new Event.DeliveryRefused(
                      session.connection().id(),
                      asked.recipient().address().toString(),
                      verdict.line()));
        }
        session.reply(verdict);
      } else if (entry instanceof Answered answered) {
        session.reply(answered.verdict());
      }
    }
  }
}
