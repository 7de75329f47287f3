package org.posthorn.mime.compose;

import java.util.List;

/** What a delivery report tells people. */
final class DeliveryText {

  private DeliveryText() {}

  static String subject(List<RecipientStatus> recipients) {
    return switch (worst(recipients)) {
      case FAILED -> "Undelivered mail returned to sender";
      case DELAYED -> "Delayed mail (still being retried)";
      case DELIVERED, RELAYED, EXPANDED -> "Successful mail delivery report";
    };
  }

  /** What a sender needs to know first. */
  private static RecipientStatus.Action worst(List<RecipientStatus> recipients) {
    RecipientStatus.Action worst = recipients.get(0).action();
    for (RecipientStatus recipient : recipients) {
      worst = recipient.action().compareTo(worst) < 0 ? recipient.action() : worst;
    }
    return worst;
  }

  static String of(String reportingMta, List<RecipientStatus> recipients) {
    StringBuilder text = new StringBuilder();
    text.append("This is the mail system at host ").append(reportingMta).append(".\n");
    for (RecipientStatus.Action action : RecipientStatus.Action.values()) {
      List<RecipientStatus> such =
          recipients.stream().filter(recipient -> recipient.action() == action).toList();
      if (!such.isEmpty()) {
        text.append('\n').append(sentence(action)).append("\n\n");
        such.forEach(recipient -> line(recipient, text));
      }
    }
    return text.toString();
  }

  private static String sentence(RecipientStatus.Action action) {
    return switch (action) {
      case FAILED -> "Your message could not be delivered to:";
      case DELAYED ->
          "Your message could not be delivered yet to the following recipients. It will be tried"
              + " again;\nyou need not send it once more.";
      case DELIVERED -> "Your message was delivered to:";
      case RELAYED ->
          "Your message was handed on to a mail system that sends no delivery reports, for:";
      case EXPANDED -> "Your message was delivered and handed on to the members of:";
    };
  }

  private static void line(RecipientStatus recipient, StringBuilder text) {
    text.append("  <").append(recipient.finalRecipient()).append('>');
    String said = recipient.diagnostic();
    if (said != null) {
      String host = recipient.remoteMta();
      text.append(host == null ? ": " : ": host " + host + " said: ");
      text.append(said.replaceAll("[\\x00-\\x1f\\x7f]+", " ").strip());
    }
    text.append(" (").append(recipient.status()).append(")\n");
    if (recipient.willRetryUntil() != null) {
      text.append("    last attempt at ").append(recipient.willRetryUntil()).append('\n');
    }
  }
}
