package org.posthorn.examples;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
    for (String one : options.mail.collect) {
      sources.add(source(one));
    }
    Path folder = StoreOption.folder(options.store);
    Path file =
        (folder == null ? Files.createTempDirectory("posthorn-collected") : folder)
            .resolve("collected");
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
      int every = Math.max(1, options.mail.collectSeconds);
      Future<?> unused = scheduler.scheduleWithFixedDelay(look, 0, every, TimeUnit.SECONDS);
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
      return switch (String.valueOf(url.getScheme())) {
        case "pop3s" -> at(Source.pop3s(url.getHost(), user, password, recipient), url, 995);
        case "imaps" -> at(Source.imaps(url.getHost(), user, password, recipient), url, 993);
        case "pop3" -> at(Source.pop3s(url.getHost(), user, password, recipient), url, 110);
        case "imap" -> at(Source.imaps(url.getHost(), user, password, recipient), url, 143);
        default -> throw new IllegalArgumentException("--collect: pop3, pop3s, imap or imaps");
      };
    } catch (URISyntaxException | SmtpSyntaxException e) {
      throw new IllegalArgumentException("--collect takes URL=ADDRESS", e);
    }
  }

  private static Source at(Source source, URI url, int port) {
    Security security = url.getScheme().endsWith("s") ? Security.IMPLICIT : Security.NONE;
    return source.at(url.getHost(), url.getPort() < 0 ? port : url.getPort(), security);
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
