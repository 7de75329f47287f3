package org.posthorn.protocol.url;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The authorization at the end of a URL (RFC 4467 section 3).
 *
 * @param expire after which it is void; null: never
 * @param mechanism in upper case; null in the rump that is still to be signed
 * @param token the signature in hexadecimal digits; null exactly when {@code mechanism} is
 */
public record UrlAuth(
    @Nullable OffsetDateTime expire,
    UrlAccess access,
    @Nullable String mechanism,
    @Nullable String token) {}
