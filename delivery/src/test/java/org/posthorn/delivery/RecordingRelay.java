package org.posthorn.delivery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/** Takes all mail for other servers and shows it. */
final class RecordingRelay implements Relay {
  /** {@code sender > recipients}, parameters in brackets, and the whole message. */
  record Sent(String envelope, String message) {}

  final List<Sent> sent = new ArrayList<>();
  final List<MailParameters> parameters = new ArrayList<>();
  final Map<Class<?>, Object> facets = new HashMap<>();

  @Override
  public <F> Optional<F> facet(Class<F> type) {
    return Optional.ofNullable(facets.get(type)).map(type::cast);
  }

  @Override
  public Verdict recipient(SmtpPeer peer, ReversePath sender, Recipient recipient) {
    return Verdict.OK;
  }

  @Override
  public Verdict send(List<Dispatch> messages) throws StoreException {
    for (Dispatch message : messages) {
      StringBuilder text = new StringBuilder(new String(message.header(), StandardCharsets.UTF_8));
      message.content().copyTo(chunk -> text.append(StandardCharsets.UTF_8.decode(chunk)));
      List<String> to = message.recipients().stream().map(RecordingRelay::shown).toList();
      parameters.add(message.parameters());
      sent.add(new Sent(message.sender() + " > " + String.join(", ", to), text.toString()));
    }
    return Verdict.OK;
  }

  private static String shown(Recipient recipient) {
    Map<String, String> parameters = new TreeMap<>(recipient.parameters());
    return recipient.address() + (parameters.isEmpty() ? "" : parameters.toString());
  }

  List<String> envelopes() {
    return sent.stream().map(Sent::envelope).toList();
  }
}
