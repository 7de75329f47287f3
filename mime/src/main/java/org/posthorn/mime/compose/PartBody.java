package org.posthorn.mime.compose;

import java.io.IOException;
import java.util.List;

/** What a part consists of. */
interface PartBody {

  /** Decides what must stand in the header, and puts the fields and that together. */
  Prepared prepare(List<OutgoingField> fields, OutputForm form) throws IOException;
}
