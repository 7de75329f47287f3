package org.posthorn.examples;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.posthorn.collector.Collector;
import org.posthorn.collector.FileSeenMessages;
import org.posthorn.collector.Security;
import org.posthorn.collector.Source;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.MailHandler;
import org.posthorn.smtp.SmtpSyntaxException;
import org.posthorn.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks into the outside mailboxes that {@code --collect} names, again and again. */
final class CollectOption implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("posthorn.collector");
  private static final int THREADS = 2;

  private final FileSeenMessages seen;
  private final ScheduledExecutorService scheduler;

  private CollectOption(FileSeenMessages seen, ScheduledExecutorService scheduler) {
    this.seen = seen;
    this.scheduler = scheduler;
  }

  static CollectOption start(ServeOptions options, MailHandler delivery)
      throws IOException, StoreException {
    List<Source> sources = new ArrayList<>();
    for (String one : options.collect.sources) {
      sources.add(kept(source(one), options.collect.keep));
    }
    Path file = StateFolder.of(options.accounts, "collected").resolve("collected");
    FileSeenMessages seen = FileSeenMessages.in(file);
    Collector collector = new Collector(delivery, seen);
    ScheduledExecutorService scheduler =
        Executors.newScheduledThreadPool(THREADS, CollectOption::daemon);
    for (Source source : sources) {
      Runnable look =
          collector.task(
              source,
              (from, got) -> LOG.info("{}: {}", from.name(), got),
              (from, why) -> LOG.warn("{}: {}", from.name(), why.toString()));
      Future<?> unused =
          scheduler.scheduleWithFixedDelay(look, 0, options.collect.seconds, TimeUnit.SECONDS);
    }
    return new CollectOption(seen, scheduler);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "collector");
    thread.setDaemon(true);
    return thread;
  }

  /** {@code URL=ADDRESS}; neither the name for the log nor a message of ours has the password. */
  private static Source source(String option) {
    int equals = option.lastIndexOf('=');
    try {
      URI url = new URI(option.substring(0, Math.max(0, equals)));
      Address recipient = Address.parse(option.substring(equals + 1));
      String info = String.valueOf(url.getRawUserInfo());
      int colon = info.indexOf(':');
      if (equals < 0 || colon < 1 || url.getHost() == null) {
        throw new IllegalArgumentException("--collect takes URL=ADDRESS");
      }
      String user = decoded(info.substring(0, colon));
      String password = decoded(info.substring(colon + 1));
      return source(url, user, password, recipient);
    } catch (URISyntaxException | SmtpSyntaxException e) {
      throw new IllegalArgumentException("--collect takes URL=ADDRESS", e);
    }
  }

  private static Source source(URI url, String user, String password, Address recipient) {
    String host = url.getHost();
    Source pop3 = Source.pop3s(host, user, password, recipient);
    Source imap = Source.imaps(host, user, password, recipient);
    String path = Objects.requireNonNullElse(url.getPath(), "");
    if (path.length() > 1) {
      imap = imap.inMailbox(path.substring(1));
    }
    return switch (String.valueOf(url.getScheme())) {
      case "pop3s" -> at(pop3, url, 995, Security.IMPLICIT);
      case "pop3" -> at(pop3, url, 110, Security.NONE);
      case "pop3+starttls" -> at(pop3, url, 110, Security.STARTTLS);
      case "imaps" -> at(imap, url, 993, Security.IMPLICIT);
      case "imap" -> at(imap, url, 143, Security.NONE);
      case "imap+starttls" -> at(imap, url, 143, Security.STARTTLS);
      default ->
          throw new IllegalArgumentException(
              "--collect: pop3, pop3s, imap, imaps, pop3+starttls or imap+starttls");
    };
  }

  private static Source at(Source source, URI url, int port, Security security) {
    return source.at(url.getHost(), url.getPort() < 0 ? port : url.getPort(), security);
  }

  private static Source kept(Source source, @Nullable String keep) {
    if (keep == null) {
      return source;
    } else if (keep.equals("forever")) {
      return source.keeping();
    } else if (keep.matches("\\d{1,5}")) {
      return source.keepingFor(Duration.ofDays(Integer.parseInt(keep)));
    }
    throw new IllegalArgumentException("--collect-keep takes DAYS or forever");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Waits for looks under way, for some seconds. */
  @Override
  public void close() throws StoreException {
    scheduler.shutdown();
    try {
      if (!scheduler.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("looks under way are given up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    seen.close();
  }
}
