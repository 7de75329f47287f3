package org.posthorn.benchmarks.peers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Finds lines, and flushes once for all that came together. */
@SuppressWarnings("FutureReturnValueIgnored") // the void promise reports to exceptionCaught
abstract class FloorHandler extends ChannelInboundHandlerAdapter {
  private final ByteBuf greeting;
  private @Nullable ByteBuf rest;

  FloorHandler(ByteBuf greeting) {
    this.greeting = greeting;
  }

  /** Octets that every answer shares. */
  static ByteBuf canned(String text) {
    byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
    return Unpooled.unreleasableBuffer(Unpooled.directBuffer(octets.length).writeBytes(octets));
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.writeAndFlush(greeting.duplicate(), ctx.voidPromise());
  }

  /** Takes octets that are no command; the reader index tells how many. */
  abstract void content(ChannelHandlerContext ctx, ByteBuf octets);

  /**
   * Answers one command.
   *
   * @param line without its line feed
   */
  abstract void command(ChannelHandlerContext ctx, ByteBuf line);

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf octets = (ByteBuf) message;
    if (rest != null) {
      octets = Unpooled.wrappedBuffer(rest, octets);
      rest = null;
    }
    while (octets.isReadable()) {
      content(ctx, octets);
      int length = octets.bytesBefore((byte) '\n');
      if (length < 0) {
        break;
      }
      command(ctx, octets.readSlice(length));
      octets.skipBytes(1);
    }
    if (octets.isReadable()) {
      rest = octets;
    } else {
      octets.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.flush();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
