package org.posthorn.delivery.milter;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import org.posthorn.delivery.check.DaemonChannel;
import org.posthorn.store.StoreException;

/** A connection on which both sides agreed what may be left out. */
final class MilterConnection implements AutoCloseable {
  private final DaemonChannel channel;
  private final int actions;
  private final int steps;

  private MilterConnection(DaemonChannel channel, int actions, int steps) {
    this.channel = channel;
    this.actions = actions;
    this.steps = steps;
  }

  /** SMFIC_OPTNEG. A milter may only want what we offer. */
  static MilterConnection negotiate(DaemonChannel channel) throws StoreException {
    ByteBuffer offer =
        ByteBuffer.allocate(12)
            .putInt(MilterCodes.VERSION)
            .putInt(MilterCodes.ALL_ACTIONS)
            .putInt(MilterCodes.OFFERED)
            .flip();
    new MilterPacket(MilterCodes.NEGOTIATE, offer).write(channel);
    MilterPacket answer = MilterPacket.read(channel);
    if (answer.code() != MilterCodes.NEGOTIATE || answer.data().remaining() < 12) {
      throw channel.nonsense("no negotiation");
    }
    int version = answer.data().getInt();
    int actions = answer.data().getInt();
    int steps = answer.data().getInt();
    if (version < 2 || version > MilterCodes.VERSION) {
      throw channel.nonsense("protocol version " + version);
    }
    if ((actions & ~MilterCodes.ALL_ACTIONS) != 0 || (steps & ~MilterCodes.OFFERED) != 0) {
      throw channel.nonsense("a wish for what was not offered");
    }
    return new MilterConnection(channel, actions, steps);
  }

  /** Whether it asked for one of these steps to be left out or changed. */
  boolean wants(int step) {
    return (steps & step) != 0;
  }

  /** Whether it said that it may do this. */
  boolean mayDo(int action) {
    return (actions & action) != 0;
  }

  void macros(char command, Map<String, String> values) throws StoreException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.write(command);
    values.forEach(
        (name, value) -> {
          MilterPacket.string(data, name);
          MilterPacket.string(data, value);
        });
    send(new MilterPacket(MilterCodes.MACRO, ByteBuffer.wrap(data.toByteArray())));
  }

  void send(MilterPacket packet) throws StoreException {
    packet.write(channel);
  }

  /** The next packet that is no sign of life. */
  MilterPacket receive() throws StoreException {
    MilterPacket packet = MilterPacket.read(channel);
    while (packet.code() == MilterCodes.PROGRESS) {
      packet = MilterPacket.read(channel);
    }
    return packet;
  }

  StoreException nonsense(String what) {
    return channel.nonsense(what);
  }

  @Override
  public void close() throws StoreException {
    try (channel) {
      send(MilterPacket.of(MilterCodes.QUIT));
    }
  }
}
