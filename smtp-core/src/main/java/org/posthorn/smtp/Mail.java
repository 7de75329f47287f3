package org.posthorn.smtp;

import java.util.ArrayList;
import java.util.List;

/** A mail transaction under way. */
final class Mail {
  private final Transaction transaction;
  private final ReversePath sender;
  private final MailParameters parameters;
  private final List<Recipient> accepted = new ArrayList<>();

  Mail(Transaction transaction, ReversePath sender, MailParameters parameters) {
    this.transaction = transaction;
    this.sender = sender;
    this.parameters = parameters;
  }

  Transaction transaction() {
    return transaction;
  }

  ReversePath sender() {
    return sender;
  }

  MailParameters parameters() {
    return parameters;
  }

  List<Recipient> accepted() {
    return accepted;
  }
}
