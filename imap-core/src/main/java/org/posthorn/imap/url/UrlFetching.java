package org.posthorn.imap.url;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Session;
import org.posthorn.imap.binary.DecodedPart;
import org.posthorn.imap.binary.DecodedSource;
import org.posthorn.imap.fetch.StructureWriter;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.mime.Octets;
import org.posthorn.mime.Part;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.OutputSource;
import org.posthorn.protocol.StoreCall;
import org.posthorn.protocol.url.ImapUrlException;
import org.posthorn.protocol.url.UrlReader;
import org.posthorn.store.StoreException;

/** One URLFETCH under way: a response a URL, and the next is opened when this one is sent. */
final class UrlFetching {
  private final Session session;
  private final StoredUrls urls;
  private final UrlReader reader;
  private final Deque<UrlFetch.Wanted> left;

  UrlFetching(Session session, List<UrlFetch.Wanted> wanted) {
    this.session = session;
    this.urls = new StoredUrls(session.service().store(), session.effects()::now);
    this.reader = new UrlReader(session.account().identity().account(), false);
    this.left = new ArrayDeque<>(wanted);
  }

  void next() {
    UrlFetch.Wanted wanted = left.poll();
    if (wanted == null) {
      session.ok("URLFETCH completed");
      return;
    }
    session.call(
        new OpenCall(urls, wanted, reader, session.effects().now()),
        opened -> {
          tell(wanted, opened);
          session.flow().whenWritable(this::next);
        });
  }

  private void tell(UrlFetch.Wanted wanted, Opened opened) {
    ResponseEncoder out = session.out();
    out.untagged().words("URLFETCH ").string(Octets.utf8(wanted.url()));
    Set<UrlFetch.Item> items = wanted.items();
    if (!opened.valid()) {
      out.sp().nil();
    } else if (items.isEmpty()) {
      octets(out.sp(), opened);
    } else {
      Part part = opened.part();
      if (items.contains(UrlFetch.Item.BODYPARTSTRUCTURE)) {
        out.words(" (BODYPARTSTRUCTURE ");
        structure(out, part, opened);
        out.close();
      }
      if (items.contains(UrlFetch.Item.BINARY)) {
        octets(out.words(" (BINARY "), opened);
        out.close();
      } else if (items.contains(UrlFetch.Item.BODY)) {
        octets(out.words(" (BODY "), opened);
        out.close();
      }
    }
    out.crlf();
  }

  private static void structure(ResponseEncoder out, @Nullable Part part, Opened opened) {
    if (part == null) {
      out.nil();
    } else if (opened.decodedOctets() >= 0) {
      new StructureWriter(out, false).writeDecoded(part, opened.decodedOctets());
    } else {
      new StructureWriter(out, false).write(part);
    }
  }

  private void octets(ResponseEncoder out, Opened opened) {
    OutputSource source = opened.source();
    if (source == null) {
      out.nil();
    } else {
      if (opened.hasNul()) {
        out.literal8Header(source.length());
      } else {
        out.literalHeader(source.length());
      }
      session.flow().transfer(source);
    }
  }

  /**
   * What a URL came to.
   *
   * @param source null where nothing was asked for but the structure, or it cannot be decoded
   * @param decodedOctets of the decoded part, -1 where it is as it is
   */
  private record Opened(
      boolean valid,
      @Nullable Part part,
      @Nullable OutputSource source,
      boolean hasNul,
      long decodedOctets)
      implements AutoCloseable {
    static final Opened INVALID = new Opened(false, null, null, false, -1);

    @Override
    public void close() throws StoreException {
      if (source != null) {
        source.close();
      }
    }
  }

  private record OpenCall(StoredUrls urls, UrlFetch.Wanted wanted, UrlReader reader, Instant now)
      implements StoreCall<Opened> {
    @Override
    public Opened invoke(CallContext context) throws StoreException {
      UrlContent content;
      try {
        content = urls.content(wanted.url(), reader, now);
      } catch (ImapUrlException e) {
        return Opened.INVALID;
      }
      boolean done = false;
      try {
        Opened opened = opened(content, context);
        done = opened.source() != null;
        return opened;
      } finally {
        if (!done) {
          content.content().close();
        }
      }
    }

    private Opened opened(UrlContent content, CallContext context) throws StoreException {
      Part part = content.part();
      Set<UrlFetch.Item> items = wanted.items();
      if (items.contains(UrlFetch.Item.BINARY)) {
        DecodedPart decoded =
            part == null || content.isWhole()
                ? DecodedPart.plain(content.slices())
                : DecodedPart.of(part);
        if (!decoded.isKnown()) {
          return new Opened(true, part, null, false, -1);
        }
        DecodedSource.Measure all = DecodedSource.measure(decoded, content.content(), context);
        long skip = content.skip(all.octets());
        long length = content.length(all.octets());
        DecodedSource source = new DecodedSource(decoded, content.content(), skip, length);
        return new Opened(true, part, source, all.hasNul(), all.octets());
      }
      boolean octets = items.isEmpty() || items.contains(UrlFetch.Item.BODY);
      return new Opened(true, part, octets ? content.octets() : null, false, -1);
    }
  }
}
