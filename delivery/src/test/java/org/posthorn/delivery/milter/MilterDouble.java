package org.posthorn.delivery.milter;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.posthorn.delivery.check.DaemonDouble;

/** The milter's side of the protocol: notes every step, and answers as it was told. */
final class MilterDouble implements DaemonDouble.Script {
  /** Steps as text: the command, its macros, its data with NUL as a bar. */
  final List<String> steps = new CopyOnWriteArrayList<>();

  private final Map<Character, List<byte[]>> answers = new HashMap<>();
  private final Map<String, byte[]> special = new HashMap<>();
  private int wantedSteps;
  private int version = 6;
  private int actions = 0xff;
  private String silentAt = "";

  /** Steps left out or unanswered, as negotiated. */
  MilterDouble wants(int flags) {
    wantedSteps = flags;
    return this;
  }

  /** The version that it negotiates, and what it says it may do. */
  MilterDouble speaks(int newVersion, int newActions) {
    version = newVersion;
    actions = newActions;
    return this;
  }

  /** Answers nothing from this step on, and waits until it is left alone. */
  MilterDouble silentAt(char step) {
    silentAt = String.valueOf(step);
    return this;
  }

  /** What a step is answered with, in order; otherwise c. */
  MilterDouble answer(char step, byte[]... packets) {
    answers.computeIfAbsent(step, key -> new ArrayList<>()).addAll(List.of(packets));
    return this;
  }

  /** What a step whose text contains this is answered with. */
  MilterDouble answerTo(String part, byte[] packet) {
    special.put(part, packet);
    return this;
  }

  /** A packet: code and data. */
  static byte[] packet(char code, Object... data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(code);
    for (Object part : data) {
      if (part instanceof Integer number) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(number).array());
      } else if (part instanceof byte[] octets) {
        out.writeBytes(octets);
      } else {
        out.writeBytes(((String) part).getBytes(StandardCharsets.UTF_8));
        out.write(0);
      }
    }
    return out.toByteArray();
  }

  @Override
  public void play(DataInputStream in, DataOutputStream out) throws IOException {
    String macros = "";
    try {
      while (true) {
        byte[] data = in.readNBytes(in.readInt());
        char code = (char) data[0];
        String text =
            new String(data, 1, data.length - 1, StandardCharsets.UTF_8).replace('\0', '|');
        if (code == 'O') {
          negotiate(out, data);
        } else if (code == 'D') {
          macros = " {" + text.substring(1) + "}";
        } else if (code == 'Q') {
          steps.add("Q");
          return;
        } else {
          steps.add(code + macros + " " + text);
          macros = "";
          answer(out, code, text);
        }
      }
    } catch (EOFException e) {
      steps.add("lost");
    }
  }

  private void negotiate(DataOutputStream out, byte[] data) throws IOException {
    ByteBuffer offer = ByteBuffer.wrap(data, 1, 12);
    steps.add("O " + offer.getInt() + " " + Integer.toHexString(offer.getInt()));
    write(out, packet('O', version, actions, wantedSteps));
  }

  private void answer(DataOutputStream out, char code, String text) throws IOException {
    boolean silent =
        (code == 'L' && (wantedSteps & MilterCodes.NO_REPLY_HEADER) != 0)
            || (code == 'B' && (wantedSteps & MilterCodes.NO_REPLY_BODY) != 0);
    if (silentAt.indexOf(code) >= 0) {
      return;
    }
    for (Map.Entry<String, byte[]> one : special.entrySet()) {
      if (text.contains(one.getKey())) {
        write(out, one.getValue());
        return;
      }
    }
    List<byte[]> planned = answers.getOrDefault(code, List.of(packet('c')));
    if (!silent) {
      for (byte[] packet : planned) {
        write(out, packet);
      }
    }
  }

  private static void write(DataOutputStream out, byte[] packet) throws IOException {
    out.writeInt(packet.length);
    out.write(packet);
    out.flush();
  }
}
