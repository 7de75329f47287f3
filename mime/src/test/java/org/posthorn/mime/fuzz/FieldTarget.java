package org.posthorn.mime.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.posthorn.mime.Address;
import org.posthorn.mime.AddressParser;
import org.posthorn.mime.HeaderText;
import org.posthorn.mime.MailAddress;
import org.posthorn.mime.MailDate;
import org.posthorn.mime.MessageIds;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.Octets;
import org.posthorn.mime.ParameterizedValue;
import org.posthorn.mime.Part;

/**
 * Any octets are a field's value of every kind, and the index has the addresses and parameters that
 * the general parsers find.
 */
public final class FieldTarget {

  private FieldTarget() {}

  /** Called by Jazzer. */
  public static void fuzzerTestOneInput(byte[] data) {
    Octets value = Octets.of(data);
    HeaderText.decode(value);
    MailDate.parse(value);
    MessageIds.parse(value);
    Address.parse(value);
    ParameterizedValue parameterized = ParameterizedValue.parse(value);
    parameterized.parameters().forEach(p -> parameterized.text(p.name().asAscii()));
    inAHeader(data);
  }

  /** The value on one line, as the index sees it in a header. */
  private static void inAHeader(byte[] data) {
    List<Byte> line = new ArrayList<>();
    for (byte octet : data) {
      if (octet != '\n') {
        line.add(octet);
      }
    }
    byte[] message = new byte[line.size() + 5];
    message[0] = 'T';
    message[1] = 'o';
    message[2] = ':';
    for (int i = 0; i < line.size(); i++) {
      message[3 + i] = line.get(i);
    }
    message[message.length - 2] = '\r';
    message[message.length - 1] = '\n';
    Part root = MessageIndex.of(message).root();
    if (root.fields().size() != 1 || root.envelope() == null) {
      return;
    }
    List<MailAddress> parsed = AddressParser.parse(Octets.of(message, 3, message.length));
    IndexTarget.check(parsed.equals(root.envelope().to()), "other addresses");
  }
}
