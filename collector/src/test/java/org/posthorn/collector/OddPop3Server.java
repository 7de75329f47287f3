package org.posthorn.collector;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A POP3 server that knows less than others, refuses, or goes away at some point. */
final class OddPop3Server implements AutoCloseable {
  /** Its messages, with their line ends; those deleted go at QUIT. */
  final List<String> messages = new ArrayList<>();

  private final Set<String> refused = new HashSet<>();
  private final ServerSocket listening;
  private final Thread thread;
  private volatile String hangsUpAt = "";

  OddPop3Server(String... messages) throws IOException {
    this.messages.addAll(List.of(messages));
    listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    thread = new Thread(this::run, "odd");
    thread.start();
  }

  /** A command that is answered with -ERR: {@code UIDL}, or {@code DELE 2}. */
  OddPop3Server refusing(String command) {
    refused.add(command);
    return this;
  }

  void refusingNothing() {
    refused.clear();
  }

  /** A command at which the connection is closed, without an answer; of RETR half is given. */
  void hangUpAt(String command) {
    hangsUpAt = command;
  }

  int port() {
    return listening.getLocalPort();
  }

  private void run() {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        talk(socket);
      } catch (IOException e) {
        // The next one may come, or the test is over.
      }
    }
  }

  private void talk(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    OutputStream out = socket.getOutputStream();
    say(out, "+OK odd");
    Set<Integer> deleted = new HashSet<>();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String command = line.toUpperCase(Locale.ROOT);
      String verb = command.split(" ", -1)[0];
      boolean ends = !hangsUpAt.isEmpty() && (command + " ").startsWith(hangsUpAt + " ");
      if (ends && !verb.equals("RETR")) {
        return;
      }
      if (refused.contains(verb) || refused.contains(command)) {
        say(out, "-ERR not here");
        continue;
      }
      switch (verb) {
        case "STAT" -> say(out, "+OK " + messages.size() + " 100");
        case "LIST", "UIDL" -> list(out, verb.equals("UIDL"));
        case "RETR" -> {
          String message = messages.get(number(command));
          say(
              out,
              "+OK\r\n" + message.substring(0, ends ? message.length() / 2 : message.length()));
          if (ends) {
            return;
          }
          say(out, ".");
        }
        case "DELE" -> {
          deleted.add(number(command));
          say(out, "+OK");
        }
        case "QUIT" -> {
          List<String> rest = new ArrayList<>();
          for (int i = 0; i < messages.size(); i++) {
            if (!deleted.contains(i)) {
              rest.add(messages.get(i));
            }
          }
          messages.clear();
          messages.addAll(rest);
          say(out, "+OK");
          return;
        }
        default -> say(out, "+OK");
      }
    }
  }

  private static int number(String command) {
    return Integer.parseInt(command.substring(5)) - 1;
  }

  private void list(OutputStream out, boolean uids) throws IOException {
    say(out, "+OK");
    for (int i = 0; i < messages.size(); i++) {
      String uid = Integer.toHexString(messages.get(i).hashCode());
      say(out, (i + 1) + " " + (uids ? uid : messages.get(i).length()));
    }
    say(out, ".");
  }

  /** A line; messages end their own last one. */
  private static void say(OutputStream out, String line) throws IOException {
    String text = line.endsWith("\r\n") ? line : line + "\r\n";
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
