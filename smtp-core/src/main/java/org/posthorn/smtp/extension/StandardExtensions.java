package org.posthorn.smtp.extension;

import java.util.List;
import java.util.Optional;
import org.posthorn.smtp.SmtpExtension;
import org.posthorn.smtp.facet.BinaryContent;

/** The extensions that every service has, each where its handler has the facet for it. */
public final class StandardExtensions {
  private StandardExtensions() {}

  public static List<SmtpExtension> all() {
    return List.of(
        // RFC 2920, RFC 2034: promises and nothing more
        session -> Optional.of("PIPELINING"),
        new Size(),
        new EightBitMime(),
        session -> session.facet(BinaryContent.class).map(yes -> "BINARYMIME"),
        new SmtpUtf8(),
        new Dsn(),
        new DeliverByExtension(),
        new FutureReleaseExtension(),
        new MtPriority(),
        new RequireTls(),
        new Rrvs(),
        new Limits(),
        session -> Optional.of("ENHANCEDSTATUSCODES"));
  }
}
