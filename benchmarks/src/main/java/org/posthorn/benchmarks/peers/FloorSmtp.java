package org.posthorn.benchmarks.peers;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/** An SMTP server of canned answers that looks for the end of DATA octet by octet. */
@SuppressWarnings("FutureReturnValueIgnored") // the void promise reports to exceptionCaught
final class FloorSmtp extends FloorHandler {
  private static final ByteBuf GREETING = canned("220 floor\r\n");
  private static final ByteBuf OK = canned("250 OK\r\n");
  private static final ByteBuf DATA = canned("354 Go on\r\n");
  private static final byte[] END = {'\r', '\n', '.', '\r', '\n'};

  private boolean content;
  private int matched;

  FloorSmtp() {
    super(GREETING);
  }

  @Override
  void content(ChannelHandlerContext ctx, ByteBuf octets) {
    if (!content) {
      return;
    }
    int end = octets.forEachByte(this::goesOn);
    if (end < 0) {
      octets.skipBytes(octets.readableBytes());
      return;
    }
    octets.readerIndex(end + 1);
    content = false;
    ctx.write(OK.duplicate(), ctx.voidPromise());
  }

  private boolean goesOn(byte octet) {
    matched = octet == END[matched] ? matched + 1 : octet == '\r' ? 1 : 0;
    return matched < END.length;
  }

  @Override
  void command(ChannelHandlerContext ctx, ByteBuf line) {
    content = line.getByte(line.readerIndex()) == 'D';
    matched = 2;
    ctx.write(content ? DATA.duplicate() : OK.duplicate(), ctx.voidPromise());
  }
}
