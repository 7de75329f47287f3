package org.posthorn.mime.compose;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * The machine-readable part of a report, or a header that is returned: written as it is if the form
 * permits that, because readers expect no transfer encoding there (RFC 3464 section 2.1).
 */
record StatusBody(String mediaType, Content content) implements PartBody {

  @Override
  public Prepared prepare(List<OutgoingField> fields, OutputForm form) throws IOException {
    ContentScan scan;
    try (InputStream in = content.open()) {
      scan = ContentScan.of(in);
    }
    return scan.isPermitted(form)
        ? LeafBody.plain(fields, form, content, scan.isEightBit())
        : new LeafBody(mediaType, content).encoded(fields, form, scan);
  }

  static MimePart part(String mediaType, Content content) {
    OutgoingField type = OutgoingField.parameterized("Content-Type", mediaType, Map.of());
    return new MimePart(List.of(type), new StatusBody(mediaType, content));
  }
}
