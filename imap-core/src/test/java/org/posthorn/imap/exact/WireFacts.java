package org.posthorn.imap.exact;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The facts in ENVELOPE and BODYSTRUCTURE, read off their values in a FETCH response. */
final class WireFacts {
  private final Facts facts = new Facts();
  private final boolean standIns;

  private WireFacts(boolean standIns) {
    this.standIns = standIns;
  }

  /**
   * The facts.
   *
   * @param standIns whether an empty text that is the only part of a multipart stands for its not
   *     having any, which IMAP has no other way to say
   */
  static Facts of(@Nullable Object envelope, @Nullable Object structure, boolean standIns) {
    WireFacts wire = new WireFacts(standIns);
    wire.envelope("", list(envelope));
    wire.part("", list(structure));
    return wire.facts;
  }

  private void envelope(String path, List<?> envelope) {
    facts.put(path, "date", text(envelope.get(0)));
    facts.put(path, "subject", text(envelope.get(1)));
    String[] names = {"from", "sender", "reply-to", "to", "cc", "bcc"};
    for (int i = 0; i < names.length; i++) {
      addresses(path, names[i], list(envelope.get(2 + i)));
    }
    facts.put(path, "in-reply-to", text(envelope.get(8)));
    facts.put(path, "message-id", text(envelope.get(9)));
  }

  private void addresses(String path, String field, List<?> addresses) {
    AddressFacts list = new AddressFacts();
    for (Object each : addresses) {
      List<?> address = list(each);
      if (address.get(3) != null) {
        list.address(
            text(address.get(0)),
            text(address.get(1)),
            String.valueOf(address.get(2)),
            String.valueOf(address.get(3)));
      } else if (address.get(2) != null) {
        list.groupStart(String.valueOf(address.get(2)));
      } else {
        list.groupEnd();
      }
    }
    list.into(facts, path, field);
  }

  private void part(String path, List<?> body) {
    if (body.get(0) instanceof List<?>) {
      multipart(path, body);
      return;
    }
    String type = (body.get(0) + "/" + body.get(1)).toLowerCase(Locale.ROOT);
    facts.tree(type);
    parameters(path, "param", body.get(2));
    facts.put(path, "id", text(body.get(3)));
    facts.put(path, "description", text(body.get(4)));
    facts.put(path, "encoding", String.valueOf(body.get(5)).toLowerCase(Locale.ROOT));
    facts.put(path, "size", String.valueOf(body.get(6)));
    int extension = 7;
    if (type.equals("message/rfc822")) {
      envelope(path + "m/", list(body.get(7)));
      facts.tree("(");
      part(path + "m/", list(body.get(8)));
      facts.tree(")");
      extension = 10;
    } else if (type.startsWith("text/")) {
      facts.put(path, "lines", String.valueOf(body.get(7)));
      extension = 8;
    }
    facts.tree(",");
    facts.put(path, "md5", text(body.get(extension)));
    extension(path, body, extension + 1);
  }

  private void multipart(String path, List<?> body) {
    List<List<?>> children = new ArrayList<>();
    while (body.get(children.size()) instanceof List<?> child) {
      children.add(child);
    }
    int at = children.size();
    facts.tree("multipart/" + body.get(at) + "(");
    if (!standIns || !isStandIn(children)) {
      for (int i = 0; i < children.size(); i++) {
        part(path + (i + 1) + "/", children.get(i));
      }
    }
    facts.tree("),");
    parameters(path, "param", body.get(at + 1));
    extension(path, body, at + 2);
  }

  private static boolean isStandIn(List<List<?>> children) {
    return children.size() == 1
        && children
            .get(0)
            .toString()
            .equals(
                "[text, plain, [charset, us-ascii], null, null, 7BIT, 0, 0, null, null, null,"
                    + " null]");
  }

  private void extension(String path, List<?> body, int at) {
    if (body.get(at) instanceof List<?> disposition) {
      facts.put(path, "disposition", String.valueOf(disposition.get(0)).toLowerCase(Locale.ROOT));
      parameters(path, "disposition param", disposition.get(1));
    }
    if (body.get(at + 1) instanceof List<?> languages) {
      StringJoiner all = new StringJoiner(",");
      languages.forEach(language -> all.add(String.valueOf(language)));
      facts.put(path, "language", all.toString());
    }
    facts.put(path, "location", text(body.get(at + 2)));
  }

  private void parameters(String path, String of, @Nullable Object value) {
    List<?> parameters = list(value);
    for (int i = 0; i < parameters.size(); i += 2) {
      facts.parameter(
          path, of, String.valueOf(parameters.get(i)), String.valueOf(parameters.get(i + 1)));
    }
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static List<?> list(@Nullable Object value) {
    return value == null ? List.of() : (List<?>) value;
  }
}
