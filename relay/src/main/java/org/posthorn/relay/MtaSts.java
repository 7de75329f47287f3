package org.posthorn.relay;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Policies of domains about TLS with their servers (RFC 8461): a TXT record tells that there is
 * one, HTTPS gives it. They are remembered as long as they say. Thread-safe; may block.
 */
public final class MtaSts {
  private static final System.Logger LOG = System.getLogger(MtaSts.class.getName());
  private static final int DOMAINS = 10_000;

  /** RFC 8461 section 3.3 proposes as much. */
  private static final int OCTETS = 64 << 10;

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String PATH = "/.well-known/mta-sts.txt";
  private static final Pattern ID =
      Pattern.compile("v=STSv1\\s*;(?:.*;)?\\s*id=([A-Za-z0-9]{1,32})\\s*(?:;.*)?");

  /** Gets the text of a policy. Thread-safe. */
  @FunctionalInterface
  public interface Source {
    /**
     * Gets {@code https://mta-sts.DOMAIN/.well-known/mta-sts.txt}.
     *
     * @throws IOException when there is none, or nobody who proves to be there
     */
    String get(String domain) throws IOException;
  }

  private final Resolver resolver;
  private final Source source;
  private final Clock clock;
  private final StsMemory memory;
  private final Map<String, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > DOMAINS;
        }
      };

  private record Known(String id, StsPolicy policy, Instant until) {}

  /**
   * Remembers policies while the process lives.
   *
   * @param source of policies, {@link #https()} but in tests
   */
  public MtaSts(Resolver resolver, Source source, Clock clock) {
    this(resolver, source, clock, StsMemory.NONE);
  }

  /**
   * The same, but policies are kept in a folder as well, as they should be (RFC 8461 section 5.1):
   * whoever can make a server start anew and hide a policy gains nothing.
   *
   * @param folder which is made where it is missing
   */
  public MtaSts keptIn(Path folder) throws IOException {
    return new MtaSts(resolver, source, clock, StsFolder.in(folder, clock.instant()));
  }

  private MtaSts(Resolver resolver, Source source, Clock clock, StsMemory memory) {
    this.memory = memory;
    this.resolver = resolver;
    this.source = source;
    this.clock = clock;
  }

  /** Over HTTPS, with certificates that the JDK believes; redirections are not followed. */
  public static Source https() {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    return over(client, domain -> URI.create("https://mta-sts." + domain + PATH));
  }

  static Source over(HttpClient client, Function<String, URI> places) {
    return domain -> {
      HttpRequest request = HttpRequest.newBuilder(places.apply(domain)).timeout(PATIENCE).build();
      try {
        return text(client.send(request, HttpResponse.BodyHandlers.ofInputStream()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    };
  }

  private static String text(HttpResponse<InputStream> answer) throws IOException {
    try (InputStream body = answer.body()) {
      String type = answer.headers().firstValue("Content-Type").orElse("");
      if (answer.statusCode() != 200 || !type.startsWith("text/plain")) {
        throw new IOException("no policy: " + answer.statusCode() + " " + type);
      }
      byte[] octets = body.readNBytes(OCTETS + 1);
      if (octets.length > OCTETS) {
        throw new IOException("a policy that is too long");
      }
      return new String(octets, StandardCharsets.US_ASCII);
    }
  }

  /** The policy of a domain; a remembered one holds until its end, whatever DNS says now. */
  Optional<StsPolicy> of(String domain) {
    Instant now = clock.instant();
    Known before = remembered(domain, now);
    String id = id(domain);
    if (id == null || (before != null && before.id().equals(id))) {
      return Optional.ofNullable(before).map(Known::policy);
    }
    try {
      String text = source.get(domain);
      StsPolicy policy = StsPolicy.parse(text);
      Instant until = now.plus(policy.maxAge());
      synchronized (known) {
        known.put(domain, new Known(id, policy, until));
      }
      memory.keep(domain, new StsMemory.Kept(id, text, until));
      return Optional.of(policy);
    } catch (IOException | IllegalArgumentException e) {
      LOG.log(System.Logger.Level.WARNING, "no MTA-STS policy of " + domain + ": " + e);
      return Optional.ofNullable(before).map(Known::policy);
    }
  }

  private @Nullable Known remembered(String domain, Instant now) {
    Known found;
    synchronized (known) {
      found = known.get(domain);
    }
    if (found == null) {
      found = kept(domain);
    }
    return found != null && now.isBefore(found.until()) ? found : null;
  }

  /** What an earlier process left, or what had no room. */
  private @Nullable Known kept(String domain) {
    StsMemory.Kept kept = memory.of(domain);
    if (kept == null) {
      return null;
    }
    try {
      Known found = new Known(kept.id(), StsPolicy.parse(kept.text()), kept.until());
      synchronized (known) {
        known.put(domain, found);
      }
      return found;
    } catch (IllegalArgumentException e) {
      LOG.log(System.Logger.Level.WARNING, "a kept policy of " + domain + " is none: " + e);
      return null;
    }
  }

  /** RFC 8461 section 3.1: exactly one record of this kind, else it is as if there were none. */
  private @Nullable String id(String domain) {
    Lookup lookup;
    try {
      lookup = new Lookup(Name.fromString("_mta-sts." + domain, Name.root), Type.TXT);
    } catch (TextParseException e) {
      return null;
    }
    lookup.setResolver(resolver);
    lookup.setCache(null);
    lookup.setSearchPath(List.<Name>of());
    lookup.setHostsFileParser(null);
    Record[] records = lookup.run();
    if (records == null) {
      return null;
    }
    String id = null;
    for (Record record : records) {
      if (record instanceof TXTRecord txt) {
        Matcher matcher = ID.matcher(String.join("", txt.getStrings()));
        if (matcher.matches()) {
          if (id != null) {
            return null;
          }
          id = matcher.group(1);
        }
      }
    }
    return id;
  }
}
