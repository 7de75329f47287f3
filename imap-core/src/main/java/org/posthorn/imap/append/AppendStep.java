package org.posthorn.imap.append;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.wire.LiteralHeader;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Flags;

/** What APPEND is told to do, one step after the other. */
sealed interface AppendStep {

  /** What a message comes with. */
  record Envelope(Flags flags, @Nullable OffsetDateTime date) {
    AppendSpec spec(long limit) {
      AppendSpec spec = AppendSpec.plain().withLimit(limit).withFlags(flags);
      return date == null ? spec : spec.withInternalDate(date);
    }
  }

  /** A message that is one literal. */
  record Whole(Envelope envelope, LiteralHeader literal) implements AppendStep {}

  /** A message of several parts begins (RFC 4469). */
  record Begin(Envelope envelope) implements AppendStep {}

  /** A part that is a literal. */
  record Text(LiteralHeader literal) implements AppendStep {}

  /** A part that another message has. */
  record Url(String url) implements AppendStep {}

  /** Such a URL, but as a literal. */
  record UrlLiteral(LiteralHeader literal) implements AppendStep {}

  /** The message of several parts is complete. */
  record Complete() implements AppendStep {}

  /** The command is. */
  record End() implements AppendStep {}
}
