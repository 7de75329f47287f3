package org.posthorn.integration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** As much of an IMAP client as octet-exact tests need. */
final class ImapClient implements AutoCloseable {
  private final OctetSocket socket;
  private int lastTag;

  /** A response without its literals, of which the headers stay. */
  record Response(String text, List<byte[]> literals) {
    @Override
    public String toString() {
      return text;
    }
  }

  private ImapClient(OctetSocket socket) {
    this.socket = socket;
  }

  static ImapClient login(int port, String user, String password) throws IOException {
    OctetSocket socket = new OctetSocket(port);
    ImapClient client = new ImapClient(socket);
    client.expect("* OK");
    client.ask("LOGIN " + user + " " + password);
    return client;
  }

  /** Everything from here on passes through DEFLATE. */
  void compress() {
    socket.compress();
  }

  /** Sends a command and gives the untagged responses; it must succeed. */
  List<Response> ask(String command) throws IOException {
    String tag = send(command);
    return answers(tag, command);
  }

  /** The same as text. */
  List<String> lines(String command) throws IOException {
    return ask(command).stream().map(Response::text).toList();
  }

  /** Sends a command and gives its tag. */
  String send(String command) throws IOException {
    lastTag++;
    String tag = "t" + lastTag;
    socket.send(tag + " " + command + "\r\n");
    return tag;
  }

  /** The untagged responses up to the tagged one, which must be OK. */
  List<Response> answers(String tag, String command) throws IOException {
    List<Response> untagged = new ArrayList<>();
    while (true) {
      Response response = response();
      if (response.text().startsWith(tag + " ")) {
        if (!response.text().startsWith(tag + " OK")) {
          throw new AssertionError(command + " was answered: " + response);
        }
        return untagged;
      }
      untagged.add(response);
    }
  }

  /** The next line that begins so; untagged ones before it are passed over. */
  String expect(String begin) throws IOException {
    String line = response().text();
    while (!line.startsWith(begin)) {
      if (!line.startsWith("*")) {
        throw new AssertionError("expected " + begin + ", got: " + line);
      }
      line = response().text();
    }
    return line;
  }

  /** Appends with a literal, one that may contain NUL where the message does. */
  void append(String mailbox, byte[] octets) throws IOException {
    String tag = send("APPEND " + mailbox + " " + literal(octets));
    expect("+");
    socket.send(octets);
    socket.send("\r\n");
    answers(tag, "APPEND of " + octets.length + " octets");
  }

  /** As {@link #append}; gives the outcome, which may be a refusal. */
  String tryAppend(String mailbox, byte[] octets) throws IOException {
    String tag = send("APPEND " + mailbox + " " + literal(octets));
    String answer = answer(tag);
    if (!answer.startsWith("+")) {
      return answer;
    }
    socket.send(octets);
    socket.send("\r\n");
    return answer(tag);
  }

  /** Sends a command and gives its outcome, which may be a refusal. */
  String attempt(String command) throws IOException {
    return answer(send(command));
  }

  /** The next continuation request, or the tagged response without its tag. */
  private String answer(String tag) throws IOException {
    String line = response().text();
    while (line.startsWith("*")) {
      line = response().text();
    }
    return line.startsWith(tag + " ") ? line.substring(tag.length() + 1) : line;
  }

  private static String literal(byte[] octets) {
    for (byte octet : octets) {
      if (octet == 0) {
        return "~{" + octets.length + "}";
      }
    }
    return "{" + octets.length + "}";
  }

  /** BODY[] of every message of the selected mailbox, in order. */
  List<byte[]> bodies() throws IOException {
    List<byte[]> bodies = new ArrayList<>();
    for (Response response : ask("FETCH 1:* BODY.PEEK[]")) {
      if (response.text().contains(" FETCH ")) {
        bodies.add(response.literals().get(0));
      }
    }
    return bodies;
  }

  /** Ends IDLE, and gives what is said until it ends. */
  List<Response> done(String tag) throws IOException {
    socket.send("DONE\r\n");
    return answers(tag, "IDLE");
  }

  OctetSocket socket() {
    return socket;
  }

  private Response response() throws IOException {
    StringBuilder text = new StringBuilder();
    List<byte[]> literals = new ArrayList<>();
    String line = socket.line();
    text.append(line);
    while (line.endsWith("}")) {
      int count = Integer.parseInt(line.substring(line.lastIndexOf('{') + 1, line.length() - 1));
      literals.add(socket.octets(count));
      line = new String(socket.lineOctets(), StandardCharsets.ISO_8859_1);
      text.append(line);
    }
    return new Response(text.toString(), literals);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
