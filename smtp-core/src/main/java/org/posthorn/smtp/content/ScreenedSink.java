package org.posthorn.smtp.content;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.MailDate;
import org.posthorn.smtp.HopLimit;
import org.posthorn.smtp.MessageSink;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.Identity;
import org.posthorn.store.StoreException;

/**
 * Passes content on while it applies the {@link ContentRules} to its header. A message that is
 * refused is read to its end, as one that is too big would be.
 */
public final class ScreenedSink implements MessageSink, HeaderSplitter.Fields {
  private static final int HELD_OCTETS = 64 << 10;

  private final MessageSink next;
  private final ContentRules rules;
  private final @Nullable Identity user;
  private final Instant now;
  private final String id;
  private final HeaderSplitter splitter = new HeaderSplitter(this);
  private final AuthorCheck authors;

  /** The header while it may get fields in front; null when it passes as it comes. */
  private @Nullable ByteArrayOutputStream held;

  private int hops;
  private boolean dated;
  private boolean identified;
  private @Nullable Verdict refusal;

  /**
   * Screens one message.
   *
   * @param user null without AUTH
   * @param id for Message-ID, unique and printable; of no meaning where the rules put in none
   */
  public ScreenedSink(
      MessageSink next, ContentRules rules, @Nullable Identity user, Instant now, String id) {
    this.next = next;
    this.rules = rules;
    this.user = user;
    this.now = now;
    this.id = id;
    this.authors = new AuthorCheck();
    this.held = rules.completes() ? new ByteArrayOutputStream() : null;
  }

  @Override
  public void write(ByteBuffer chunk) throws StoreException {
    if (refusal == null) {
      splitter.write(chunk);
    }
    if (refusal != null) {
      chunk.position(chunk.limit());
    }
  }

  @Override
  public boolean field(byte[] field, int length) throws StoreException {
    String name = name(field, length);
    boolean kept = true;
    switch (name) {
      case "received" -> countHop();
      case "return-path" -> kept = false;
      case "authentication-results" -> kept = rules.trustsResults() || !ofOurName(field, length);
      case "date" -> dated = true;
      case "message-id" -> identified = true;
      case "from" -> authors.add(field, length);
      case "solicitation" -> refuse(rules.soliciting().refusal(value(field, length)));
      default -> {}
    }
    if (kept) {
      header(field, length);
    }
    return kept;
  }

  private void header(byte[] field, int length) throws StoreException {
    ByteArrayOutputStream holding = held;
    if (holding != null && holding.size() + length > HELD_OCTETS) {
      release();
      holding = null;
    }
    if (holding != null) {
      holding.write(field, 0, length);
    } else {
      next.write(ByteBuffer.wrap(field, 0, length));
    }
  }

  private void release() throws StoreException {
    ByteArrayOutputStream holding = held;
    held = null;
    if (holding != null && holding.size() > 0) {
      next.write(ByteBuffer.wrap(holding.toByteArray()));
    }
  }

  private static String name(byte[] field, int length) {
    int end = 0;
    while (end < length && field[end] != ':') {
      end++;
    }
    return new String(field, 0, end, StandardCharsets.US_ASCII).strip().toLowerCase(Locale.ROOT);
  }

  private void countHop() {
    if (HopLimit.exceeded(++hops, rules.hops())) {
      refuse(HopLimit.refusal());
    }
  }

  /** RFC 8601 section 5: what says it is ours and came from outside is forged. */
  private boolean ofOurName(byte[] field, int length) {
    return AuthServId.of(value(field, length)).equalsIgnoreCase(rules.hostname());
  }

  private static String value(byte[] field, int length) {
    String text = new String(field, 0, length, StandardCharsets.US_ASCII);
    return text.substring(text.indexOf(':') + 1);
  }

  /** The first reason stands; null is none. */
  private void refuse(@Nullable Verdict verdict) {
    if (refusal == null) {
      refusal = verdict;
    }
  }

  @Override
  public void endOfHeader(boolean proper) throws StoreException {
    if (rules.identities() != null && user != null) {
      refuse(authors.verdict(rules.identities(), user));
    }
    StringBuilder missing = new StringBuilder();
    if (rules.completes() && !dated) {
      missing.append("Date: ").append(MailDate.format(now.atOffset(ZoneOffset.UTC)));
      missing.append("\r\n");
    }
    if (rules.completes() && !identified) {
      missing.append("Message-ID: <").append(id).append('@').append(rules.hostname());
      missing.append(">\r\n");
    }
    if (missing.length() > 0) {
      // In front, so that what was submitted stays in one piece; behind a header too long to hold.
      boolean separate = !proper && (held == null || held.size() == 0);
      missing.append(separate ? "\r\n" : "");
      next.write(ByteBuffer.wrap(missing.toString().getBytes(StandardCharsets.US_ASCII)));
    }
    release();
  }

  @Override
  public void pass(ByteBuffer octets) throws StoreException {
    next.write(octets);
  }

  @Override
  public List<Verdict> finish() throws StoreException {
    if (refusal == null) {
      splitter.end();
    }
    if (refusal != null) {
      next.abort();
      return List.of(refusal);
    }
    return next.finish();
  }

  @Override
  public void abort() throws StoreException {
    next.abort();
  }
}
