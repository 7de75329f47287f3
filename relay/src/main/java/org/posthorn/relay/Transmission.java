package org.posthorn.relay;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.Verdict;
import org.posthorn.smtp.client.MailOrder;
import org.posthorn.smtp.client.MailResult;
import org.posthorn.smtp.client.ServerAbilities;
import org.posthorn.smtp.client.SmtpConnection;
import org.posthorn.store.StoreException;

/** Sends one message over a connection, in as many transactions as the server wants. */
final class Transmission {
  /** RFC 5321 section 4.5.3.1.8: what every server takes in one transaction. */
  private static final int RECIPIENTS = 100;

  /** RFC 6152 section 3: returned rather than harmed. */
  private static final Verdict NOT_CONVERTIBLE =
      new Verdict(554, "5.6.3", "The next server takes seven bits only; content not convertible");

  private final SmtpConnection connection;
  private final Conversion content;
  private final List<Recipient> recipients;
  private final @Nullable Verdict[] verdicts;
  private boolean begun;

  private Transmission(SmtpConnection connection, Conversion content, List<Recipient> recipients) {
    this.connection = connection;
    this.content = content;
    this.recipients = recipients;
    this.verdicts = new Verdict[recipients.size()];
  }

  /**
   * What came of it.
   *
   * @param begun whether the server began any transaction
   */
  record Outcome(List<Verdict> verdicts, boolean begun) {}

  static Outcome run(SmtpConnection connection, QueuedMail mail, StoredContent stored, Instant now)
      throws StoreException {
    MailParameters parameters = mail.onward(now);
    ServerAbilities server = connection.abilities();
    List<Recipient> recipients = new ArrayList<>();
    for (QueuedMail.Waiting waiting : mail.recipients()) {
      recipients.add(asking(waiting.recipient(), parameters, server));
    }
    try {
      Conversion content = Conversion.of(parameters, stored, server);
      return new Transmission(connection, content, recipients).send(mail);
    } catch (Conversion.ImpossibleException e) {
      return new Outcome(Collections.nCopies(recipients.size(), NOT_CONVERTIBLE), true);
    } catch (IOException e) {
      throw StoreException.of(e.getCause() == null ? e : e.getCause());
    }
  }

  private Outcome send(QueuedMail mail) throws IOException {
    int most = Math.min(RECIPIENTS, connection.abilities().limit("RCPTMAX").orElse(RECIPIENTS));
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < recipients.size(); i++) {
      left.add(i);
    }
    while (!left.isEmpty()) {
      List<Integer> some = left.subList(0, Math.min(most, left.size()));
      List<Recipient> together = new ArrayList<>();
      some.forEach(i -> together.add(recipients.get(i)));
      MailResult result =
          connection.send(
              new MailOrder(mail.sender(), content.parameters(), together, content.size()),
              content.content());
      begun |= result.begun();
      List<Integer> again = note(some, result.verdicts());
      List<Integer> rest = new ArrayList<>(again);
      rest.addAll(left.subList(some.size(), left.size()));
      left = rest;
    }
    List<Verdict> all = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      all.add(verdict == null ? new Verdict(451, "4.3.0", "Not asked") : verdict);
    }
    return new Outcome(all, begun);
  }

  /** Those that only were too many for one transaction, while it is worth another one. */
  private List<Integer> note(List<Integer> asked, List<Verdict> answers) {
    boolean anyTaken = answers.stream().anyMatch(Verdict::accepted);
    boolean usable = connection.failure().isEmpty();
    List<Integer> again = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      Verdict verdict = answers.get(i);
      verdicts[asked.get(i)] = verdict;
      boolean tooMany = verdict.code() == 452 && verdict.enhanced().equals("4.5.3");
      if (tooMany && anyTaken && usable) {
        again.add(asked.get(i));
      }
    }
    return again;
  }

  /**
   * RFC 2852 section 4.1.4.2: where a server does not know of the time, it is to tell at least of
   * delays.
   */
  private static Recipient asking(
      Recipient recipient, MailParameters parameters, ServerAbilities server) {
    boolean forgotten =
        parameters.deliverBy().isPresent() && !server.has("DELIVERBY") && server.has("DSN");
    String notify = recipient.parameters().getOrDefault("NOTIFY", "");
    if (!forgotten || notify.equals("NEVER") || notify.contains("DELAY")) {
      return recipient;
    }
    Map<String, String> more = new HashMap<>(recipient.parameters());
    more.put("NOTIFY", notify.isEmpty() ? "FAILURE,DELAY" : notify + ",DELAY");
    return new Recipient(recipient.address(), more);
  }
}
