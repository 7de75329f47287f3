package org.posthorn.delivery;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.posthorn.mime.AddressParser;
import org.posthorn.mime.Field;
import org.posthorn.mime.HeaderText;
import org.posthorn.mime.MailAddress;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.Octets;
import org.posthorn.mime.Part;
import org.posthorn.store.StoreException;

/** The header fields of a message, for decisions about it. Immutable. */
public final class MessageHeader {
  /** Octets of header that are looked at; what is beyond is as if it were not there. */
  public static final int LIMIT = 256 << 10;

  /** Nearly every header is shorter, and the body behind it need not be gone through. */
  private static final int FIRST = 16 << 10;

  private final byte[] octets;
  private final List<Field> fields;
  private final boolean whole;

  private MessageHeader(byte[] octets) {
    this.octets = octets;
    Part message = MessageIndex.of(octets).root();
    this.fields = message.fields();
    this.whole = message.bodyStart() < octets.length;
  }

  /** Reads the header that a message begins with. */
  public static MessageHeader of(byte[] message) {
    return new MessageHeader(message.clone());
  }

  static MessageHeader of(Spool content) throws StoreException {
    MessageHeader first = beginning(content, FIRST);
    return first.whole || content.size() <= FIRST ? first : beginning(content, LIMIT);
  }

  private static MessageHeader beginning(Spool content, int most) throws StoreException {
    ByteBuffer head = content.head(most);
    byte[] octets = new byte[head.remaining()];
    head.get(octets);
    return new MessageHeader(octets);
  }

  /** How often a field is there. */
  public int count(String name) {
    int count = 0;
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        count++;
      }
    }
    return count;
  }

  public boolean has(String name) {
    return count(name) > 0;
  }

  /** The values of all fields of a name, unfolded and decoded, from the top. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>();
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        values.add(HeaderText.decode(value(field)));
      }
    }
    return values;
  }

  /** The value of the topmost field of a name, unfolded and decoded. */
  public Optional<String> first(String name) {
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return Optional.of(HeaderText.decode(value(field)));
      }
    }
    return Optional.empty();
  }

  /** The addresses, {@code local@domain}, in all fields of a name; those of groups as well. */
  public List<String> addresses(String name) {
    List<String> addresses = new ArrayList<>();
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        for (MailAddress address : AddressParser.parse(value(field))) {
          Octets mailbox = address.mailbox();
          Octets host = address.host();
          if (mailbox != null && host != null && !host.isEmpty()) {
            addresses.add(mailbox.asUtf8() + '@' + host.asUtf8());
          }
        }
      }
    }
    return addresses;
  }

  private Octets value(Field field) {
    return Octets.of(octets, (int) field.valueStart(), (int) field.end());
  }
}
