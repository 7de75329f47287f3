package org.posthorn.smtp.content;

import org.jspecify.annotations.Nullable;
import org.posthorn.smtp.SenderIdentities;
import org.posthorn.smtp.extension.NoSoliciting;

/**
 * What a service does to content on its way.
 *
 * @param hostname ours: what claims to be an Authentication-Results of that name is removed
 * @param hops Received fields at most (RFC 5321 section 6.3)
 * @param trustsResults whether Authentication-Results of our name are believed: from neighbours
 * @param completes whether Date and Message-ID are put in where they are missing (RFC 6409 section
 *     8)
 * @param identities who may write as whom; null where that is not asked
 * @param soliciting what kinds of mail are refused for their Solicitation field
 */
public record ContentRules(
    String hostname,
    int hops,
    boolean trustsResults,
    boolean completes,
    @Nullable SenderIdentities identities,
    NoSoliciting soliciting) {}
