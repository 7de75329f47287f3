package org.posthorn.delivery.check;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.posthorn.delivery.Spool;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/**
 * Asks Rspamd's normal worker over HTTP (/checkv2) and does what it says: reject, soft reject and
 * greylist become replies, "add header" and "rewrite subject" change the message, header fields
 * that its milter settings ask for are put in and taken out.
 */
public final class RspamdChecker implements Checker {
  private static final int OK = 200;

  private final URI checkUri;
  private final Duration timeout;
  private final HttpClient http;

  /**
   * Asks the worker at a place.
   *
   * @param worker such as http://localhost:11333
   * @param timeout for a whole answer
   */
  public RspamdChecker(URI worker, Duration timeout) {
    this.checkUri = worker.resolve("/checkv2");
    this.timeout = timeout;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
  }

  @Override
  public Check begin(SmtpPeer peer) {
    return new Asking(peer);
  }

  private final class Asking implements Check {
    private final SmtpPeer peer;
    private final List<String> recipients = new ArrayList<>();
    private String sender = "";

    Asking(SmtpPeer peer) {
      this.peer = peer;
    }

    @Override
    public Verdict from(ReversePath path, MailParameters parameters) {
      sender = path.toString();
      return Verdict.OK;
    }

    @Override
    public Verdict recipient(Recipient recipient) {
      recipients.add(recipient.address().toString());
      return Verdict.OK;
    }

    @Override
    public Findings content(Spool content) throws StoreException {
      RspamdReply reply = ask(content);
      Findings.Builder findings = new Findings.Builder();
      for (String name : reply.removed()) {
        Tags.removeAll(content, name, findings);
      }
      reply.added().forEach(findings::edit);
      String said = Objects.requireNonNullElse(reply.message(), "").replaceAll("[^ -~]", "?");
      switch (reply.action().toLowerCase(Locale.ROOT)) {
        case "reject" ->
            findings.refuse(
                new Verdict(554, "5.7.1", said.isBlank() ? "Message looks like spam" : said));
        case "soft reject", "greylist" ->
            findings.refuse(new Verdict(451, "4.7.1", said.isBlank() ? "Try again later" : said));
        case "discard" -> findings.discard();
        case "quarantine" -> findings.quarantine("Rspamd: " + reply.score());
        case "add header" -> tag(content, reply, findings);
        case "rewrite subject" -> subject(content, reply, findings);
        default -> {} // "no action", and actions of an integrator's own that change nothing
      }
      return findings.build();
    }

    private static void tag(Spool content, RspamdReply reply, Findings.Builder findings)
        throws StoreException {
      Tags.removeAll(content, "X-Spam", findings);
      findings.edit(new HeaderEdit.Add("X-Spam", "Yes"));
      findings.edit(
          new HeaderEdit.Add(
              "X-Spam-Score",
              String.format(Locale.ROOT, "%.2f / %.2f", reply.score(), reply.required())));
    }

    private static void subject(Spool content, RspamdReply reply, Findings.Builder findings)
        throws StoreException {
      String subject = reply.subject();
      if (subject == null) {
        tag(content, reply, findings);
      } else {
        findings.edit(new HeaderEdit.Change("Subject", 1, subject.replaceAll("[\\p{Cntrl}]", " ")));
      }
    }

    private RspamdReply ask(Spool content) throws StoreException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(checkUri)
              .timeout(timeout)
              .header("From", ascii(sender))
              .header("IP", Tags.plain(peer.connection().peer().getAddress()))
              .header("Helo", ascii(peer.helo()))
              .header("Queue-Id", ascii(peer.connection().id()));
      recipients.forEach(recipient -> request.header("Rcpt", ascii(recipient)));
      if (peer.name() != null) {
        request.header("Hostname", ascii(peer.name()));
      }
      if (peer.user() != null) {
        request.header("User", ascii(peer.user().account()));
      }
      if (content.size() == 0) {
        request.POST(BodyPublishers.noBody());
      } else {
        request.POST(
            BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> new SpoolInput(content)), content.size()));
      }
      try {
        HttpResponse<InputStream> response =
            http.send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream json = response.body()) {
          if (response.statusCode() != OK) {
            throw new IOException("HTTP status " + response.statusCode());
          }
          return RspamdReply.read(json);
        }
      } catch (IOException e) {
        throw new StoreException(StoreException.Code.UNAVAILABLE, "no answer from " + checkUri, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoreException(StoreException.Code.CANCELLED, "interrupted", e);
      }
    }

    private static String ascii(String text) {
      return text.replaceAll("[^ -~]", "?");
    }
  }
}
