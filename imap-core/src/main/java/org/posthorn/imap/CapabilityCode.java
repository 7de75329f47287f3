package org.posthorn.imap;

import java.util.List;
import org.posthorn.imap.wire.ResponseEncoder;

/**
 * The capabilities that hold now (RFC 9051: capability-data), as a code and as a response.
 *
 * @param capabilities in the order of announcement
 */
public record CapabilityCode(List<String> capabilities) implements ResponseCode {
  @Override
  public void encode(ResponseEncoder out) {
    out.words("CAPABILITY");
    for (String capability : capabilities) {
      out.sp().words(capability);
    }
  }
}
