package org.posthorn.benchmarks.peers;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/** A POP3 server of canned answers, with a thousand messages of 4 kB. */
@SuppressWarnings("FutureReturnValueIgnored") // the void promise reports to exceptionCaught
final class FloorPop3 extends FloorHandler {
  private static final ByteBuf OK = canned("+OK\r\n");
  private static final ByteBuf LIST = canned("+OK\r\n" + "123 4096\r\n".repeat(1000) + ".\r\n");
  private static final ByteBuf UIDL =
      canned("+OK\r\n" + "123 00000001.0000007b\r\n".repeat(1000) + ".\r\n");
  private static final ByteBuf RETR =
      canned("+OK 4096 octets\r\n" + ("x".repeat(62) + "\r\n").repeat(64) + ".\r\n");

  FloorPop3() {
    super(OK);
  }

  @Override
  void content(ChannelHandlerContext ctx, ByteBuf octets) {}

  @Override
  void command(ChannelHandlerContext ctx, ByteBuf line) {
    int at = line.readerIndex();
    ByteBuf answer =
        switch (line.getByte(at)) {
          case 'L' -> LIST;
          case 'R' -> RETR;
          case 'U' -> line.getByte(at + 1) == 'I' ? UIDL : OK;
          default -> OK;
        };
    ctx.write(answer.duplicate(), ctx.voidPromise());
  }
}
