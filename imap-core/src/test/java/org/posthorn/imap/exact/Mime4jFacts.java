package org.posthorn.imap.exact;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.dom.address.Address;
import org.apache.james.mime4j.dom.address.Group;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.NameValuePair;
import org.apache.james.mime4j.stream.ParserCursor;
import org.apache.james.mime4j.stream.RawBody;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.util.ByteArrayBuffer;
import org.apache.james.mime4j.util.ByteSequence;
import org.apache.james.mime4j.util.MimeParameterMapping;
import org.jspecify.annotations.Nullable;

/** What mime4j sees in a message. */
final class Mime4jFacts {
  private static final List<String> TEXTS = List.of("date", "subject", "in-reply-to", "message-id");
  private static final List<String> ADDRESSES =
      List.of("from", "sender", "reply-to", "to", "cc", "bcc");
  private static final MimeConfig CONFIG =
      new MimeConfig.Builder()
          .setMaxLineLen(-1)
          .setMaxHeaderLen(-1)
          .setMaxHeaderCount(-1)
          .setMaxContentLen(-1)
          .build();

  /** A part that is being read. */
  private static final class Entity {
    final String path;
    final Map<String, String> fields = new HashMap<>();
    int children;

    Entity(String path) {
      this.path = path;
    }

    @Nullable String text(String name) {
      String raw = fields.get(name);
      return raw == null ? null : Facts.unfolded(raw);
    }
  }

  private final Facts facts = new Facts();
  private final Deque<Entity> entities = new ArrayDeque<>();
  private final MimeTokenStream stream = new MimeTokenStream(CONFIG);

  private Mime4jFacts() {}

  static Facts of(byte[] message) throws IOException {
    Mime4jFacts mime4j = new Mime4jFacts();
    try {
      mime4j.read(message);
    } catch (MimeException e) {
      mime4j.facts.tree("refused: " + e.getMessage());
    }
    return mime4j.facts;
  }

  private void read(byte[] message) throws IOException, MimeException {
    stream.parse(new ByteArrayInputStream(message));
    for (EntityState state = stream.getState();
        state != EntityState.T_END_OF_STREAM;
        state = stream.next()) {
      switch (state) {
        case T_START_MESSAGE -> startMessage();
        case T_START_BODYPART -> {
          Entity parent = entities.getFirst();
          entities.push(new Entity(parent.path + ++parent.children + "/"));
        }
        case T_FIELD -> field(stream.getField());
        case T_BODY -> body();
        case T_START_MULTIPART -> {
          described();
          facts.silent(entities.getFirst().path, "id");
          facts.silent(entities.getFirst().path, "description");
          facts.silent(entities.getFirst().path, "md5");
          facts.silent(entities.getFirst().path, "encoding");
          facts.tree("(");
        }
        case T_END_MULTIPART -> facts.tree("),");
        case T_END_MESSAGE -> endMessage();
        case T_END_BODYPART -> entities.pop();
        default -> {}
      }
    }
  }

  /** The stream goes from the header of a message/rfc822 straight into the message. */
  private void startMessage() {
    Entity outer = entities.peek();
    if (outer != null) {
      String encoding = outer.text("content-transfer-encoding");
      describe(outer, "message/rfc822", encoding == null ? "7bit" : encoding);
      facts.silent(outer.path, "size");
      facts.tree("(");
    }
    entities.push(new Entity(outer == null ? "" : outer.path + "m/"));
  }

  private void endMessage() {
    Entity message = entities.pop();
    envelope(message);
    if (!entities.isEmpty()) {
      facts.tree("),");
    }
  }

  private void field(Field field) {
    String raw = new String(field.getRaw().toByteArray(), StandardCharsets.ISO_8859_1);
    String name = field.getName().strip().toLowerCase(Locale.ROOT);
    String value = raw.substring(raw.indexOf(':') + 1);
    Entity entity = entities.getFirst();
    if (ADDRESSES.contains(name)) {
      entity.fields.merge(name, value, (one, more) -> one + "," + more);
    } else {
      entity.fields.putIfAbsent(name, value);
    }
  }

  private void body() throws IOException {
    Entity entity = entities.getFirst();
    String type = described();
    try (InputStream in = stream.getInputStream()) {
      byte[] body = in.readAllBytes();
      facts.put(entity.path, "size", Integer.toString(body.length));
      if (type.startsWith("text/")) {
        facts.put(entity.path, "lines", Facts.lines(body));
      }
    }
    facts.tree(",");
  }

  private String described() {
    String type = stream.getBodyDescriptor().getMimeType().toLowerCase(Locale.ROOT);
    String encoding = stream.getBodyDescriptor().getTransferEncoding();
    describe(entities.getFirst(), type, encoding == null ? "7bit" : encoding);
    return type;
  }

  private void describe(Entity part, String type, String encoding) {
    facts.tree(type);
    String field = part.fields.get("content-type");
    if (field == null) {
      if (!type.equals("message/rfc822")) {
        facts.put(part.path, "param charset", "us-ascii");
      }
    } else {
      parameters(part.path, "param", parsed(field));
    }
    disposition(part);
    facts.put(part.path, "id", part.text("content-id"));
    facts.put(part.path, "description", part.text("content-description"));
    facts.put(part.path, "md5", part.text("content-md5"));
    facts.put(part.path, "location", part.text("content-location"));
    facts.silent(part.path, "language");
    facts.put(part.path, "encoding", encoding.toLowerCase(Locale.ROOT));
  }

  private void disposition(Entity part) {
    String raw = part.fields.get("content-disposition");
    if (raw != null) {
      RawBody disposition = parsed(raw);
      facts.put(
          part.path,
          "disposition",
          AddressFacts.plain(disposition.getValue()).toLowerCase(Locale.ROOT));
      parameters(part.path, "disposition param", disposition);
    }
  }

  private static RawBody parsed(String value) {
    return RawFieldParser.DEFAULT.parseRawBody(
        new RawField("x", AddressFacts.disguised(Facts.unfolded(value))));
  }

  private void parameters(String path, String of, RawBody body) {
    MimeParameterMapping mapping = new MimeParameterMapping();
    for (NameValuePair parameter : body.getParams()) {
      if (parameter.getValue() != null) {
        mapping.addParameter(parameter.getName(), parameter.getValue());
      }
    }
    mapping
        .getParameters()
        .forEach((name, value) -> facts.parameter(path, of, name, AddressFacts.plain(value)));
  }

  private void envelope(Entity message) {
    for (String name : TEXTS) {
      facts.put(message.path, name, message.text(name));
    }
    AddressFacts from = new AddressFacts();
    for (String name : ADDRESSES) {
      String raw = message.fields.get(name);
      AddressFacts list = addresses(raw);
      if (name.equals("from")) {
        from = list;
      }
      boolean stands = list.isEmpty() && (name.equals("sender") || name.equals("reply-to"));
      (stands ? from : list).into(facts, message.path, name);
      String shown = stands ? message.fields.get("from") : raw;
      if (shown != null && shown.contains("(")) {
        // It passes over comments, also where they name somebody.
        facts.silent(message.path, name + " names");
      }
    }
  }

  private static AddressFacts addresses(@Nullable String value) {
    AddressFacts list = new AddressFacts();
    if (value != null) {
      byte[] octets =
          AddressFacts.disguised(Facts.unfolded(value)).getBytes(StandardCharsets.ISO_8859_1);
      ByteSequence disguised = new ByteArrayBuffer(octets, true);
      ParserCursor whole = new ParserCursor(0, octets.length);
      for (Address address : LenientAddressParser.DEFAULT.parseAddressList(disguised, whole)) {
        if (address instanceof Group group) {
          list.groupStart(AddressFacts.plain(group.getName()));
          group.getMailboxes().forEach(member -> mailbox(member, list));
          list.groupEnd();
        } else {
          mailbox((Mailbox) address, list);
        }
      }
    }
    return list;
  }

  private static void mailbox(Mailbox mailbox, AddressFacts list) {
    String route = mailbox.getRoute().isEmpty() ? null : mailbox.getRoute().toRouteString();
    String name = mailbox.getName();
    String domain = mailbox.getDomain();
    list.address(
        name == null ? null : AddressFacts.plain(name),
        route,
        AddressFacts.plain(mailbox.getLocalPart()),
        domain == null ? "" : domain);
  }
}
