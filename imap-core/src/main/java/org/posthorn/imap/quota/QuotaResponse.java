package org.posthorn.imap.quota;

import java.util.OptionalLong;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.mime.Octets;
import org.posthorn.store.QuotaResource;
import org.posthorn.store.QuotaRoot;

/** The QUOTA response (RFC 9208 section 4.2.1). */
final class QuotaResponse {
  /** Octets that STORAGE counts as one. */
  static final long UNIT = 1024;

  private QuotaResponse() {}

  /** Resources without a limit are not named. */
  static void write(ResponseEncoder out, QuotaRoot root) {
    out.untagged().words("QUOTA ").astring(Octets.utf8(root.name())).sp().open();
    boolean first = true;
    for (QuotaResource resource : QuotaResource.values()) {
      OptionalLong limit = root.limits().of(resource);
      if (limit.isPresent()) {
        if (!first) {
          out.sp();
        }
        first = false;
        long used = root.used().of(resource);
        boolean octets = resource == QuotaResource.STORAGE;
        out.words(resource.name()).sp();
        out.number(octets ? used / UNIT + (used % UNIT == 0 ? 0 : 1) : used).sp();
        out.number(octets ? limit.getAsLong() / UNIT : limit.getAsLong());
      }
    }
    out.close().crlf();
  }
}
