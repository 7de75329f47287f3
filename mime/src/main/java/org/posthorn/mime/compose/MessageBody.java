package org.posthorn.mime.compose;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A message within another. */
record MessageBody(MimePart message, Map<String, String> parameters) implements PartBody {

  @Override
  public Prepared prepare(List<OutgoingField> fields, OutputForm form) throws IOException {
    Prepared inner = message.prepare(List.of(), form);
    boolean global = false;
    for (int i = 0; i < inner.header().length(); i++) {
      global |= inner.header().at(i) > 127;
    }
    List<OutgoingField> typed = new ArrayList<>(fields);
    typed.add(
        OutgoingField.parameterized(
            "Content-Type", global ? "message/global" : "message/rfc822", parameters));
    boolean eightBit = global || inner.eightBit();
    String encoding = eightBit ? "Content-Transfer-Encoding: 8bit" : "";
    List<Content> plain = new ArrayList<>(inner.plain());
    plain.add(Content.of(inner.header()));
    return new Prepared(
        Prepared.header(typed, form, encoding), inner::writeTo, eightBit, List.copyOf(plain));
  }
}
