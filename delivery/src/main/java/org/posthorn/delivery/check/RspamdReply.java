package org.posthorn.delivery.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Rspamd answers to /checkv2, as far as it is used. */
final class RspamdReply {
  private static final JsonFactory JSON = new JsonFactory();

  /** Deeper there is nothing of ours. */
  private static final int ADDED = 1_000;

  private String action = "";
  private double score;
  private double required;
  private @Nullable String subject;
  private @Nullable String message;
  private final List<HeaderEdit.Add> added = new ArrayList<>();
  private final List<String> removed = new ArrayList<>();

  private RspamdReply() {}

  /** Reads a reply; unknown members are passed over. */
  static RspamdReply read(InputStream json) throws IOException {
    RspamdReply reply = new RspamdReply();
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("a JSON object expected");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        reply.member(parser, parser.currentName());
      }
    }
    if (reply.action.isEmpty()) {
      throw new IOException("no action in the reply");
    }
    return reply;
  }

  private void member(JsonParser parser, String name) throws IOException {
    JsonToken value = parser.nextToken();
    if (name.equals("milter") && value == JsonToken.START_OBJECT) {
      milter(parser);
    } else if (name.equals("messages") && value == JsonToken.START_OBJECT) {
      messages(parser);
    } else if (value.isStructStart()) {
      parser.skipChildren();
    } else if (name.equals("action")) {
      action = parser.getText();
    } else if (name.equals("score")) {
      score = parser.getValueAsDouble();
    } else if (name.equals("required_score")) {
      required = parser.getValueAsDouble();
    } else if (name.equals("subject")) {
      subject = parser.getText();
    }
  }

  private void messages(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (parser.nextToken().isStructStart()) {
        parser.skipChildren();
      } else if (name.equals("smtp_message")) {
        message = parser.getText();
      }
    }
  }

  private void milter(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_OBJECT && name.equals("add_headers")) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String field = parser.currentName();
          parser.nextToken();
          add(parser, field);
        }
      } else if (value == JsonToken.START_OBJECT && name.equals("remove_headers")) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          removed.add(parser.currentName());
          parser.nextToken();
          parser.skipChildren();
        }
      } else if (value.isStructStart()) {
        parser.skipChildren();
      }
    }
  }

  /** A value, an object with a value, or an array of these. */
  private void add(JsonParser parser, String field) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY && parser.currentToken() != null) {
        add(parser, field);
      }
    } else if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean value = parser.currentName().equals("value");
        if (parser.nextToken().isStructStart()) {
          parser.skipChildren();
        } else if (value) {
          keep(field, parser.getText());
        }
      }
    } else {
      keep(field, parser.getText());
    }
  }

  private void keep(String field, String value) throws IOException {
    if (added.size() >= ADDED) {
      throw new IOException("too many header fields in the reply");
    }
    try {
      added.add(new HeaderEdit.Add(field, value));
    } catch (IllegalArgumentException e) {
      throw new IOException("a header field that cannot be", e);
    }
  }

  String action() {
    return action;
  }

  double score() {
    return score;
  }

  double required() {
    return required;
  }

  @Nullable String subject() {
    return subject;
  }

  @Nullable String message() {
    return message;
  }

  List<HeaderEdit.Add> added() {
    return added;
  }

  List<String> removed() {
    return removed;
  }
}
