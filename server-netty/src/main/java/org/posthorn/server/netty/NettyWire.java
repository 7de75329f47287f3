package org.posthorn.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.posthorn.server.TlsConfig;
import org.posthorn.server.Wire;
import org.posthorn.server.WireHandler;

/** One channel, the last handler of its pipeline; the only other one is TLS, once it is wanted. */
final class NettyWire extends ChannelInboundHandlerAdapter implements Wire {
  private final SocketChannel channel;
  private final TlsHandlers tlsHandlers;
  private final Executor handshakes;
  private final Function<Wire, WireHandler> accept;

  private @Nullable ChannelHandlerContext context;
  private @Nullable WireHandler handler;
  private @Nullable SslHandler tls;
  private @Nullable TlsConfig tlsConfig;
  private @Nullable Throwable cause;
  private boolean reading;
  private boolean unflushed;
  private boolean inputEnded;
  private boolean closed;

  NettyWire(
      SocketChannel channel,
      TlsHandlers tlsHandlers,
      Executor handshakes,
      Function<Wire, WireHandler> accept) {
    this.channel = channel;
    this.tlsHandlers = tlsHandlers;
    this.handshakes = handshakes;
    this.accept = accept;
  }

  private static <T> T known(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("channel is not active");
    }
    return value;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    WireHandler made = accept.apply(this);
    handler = made;
    made.connected();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf octets = (ByteBuf) message;
    try {
      if (!closed && octets.isReadable()) {
        known(handler).received(octets.nioBuffer());
      }
    } finally {
      octets.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (reading && !closed) {
      ctx.read();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (channel.isWritable() && !closed) {
      known(handler).writable();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess() && !closed) {
        known(handler).secured(known(tlsConfig).describe(known(tls).engine()));
      }
    } else if (event instanceof ChannelInputShutdownEvent
        || event instanceof SslCloseCompletionEvent) {
      endOfInput();
    }
  }

  private void endOfInput() {
    if (!inputEnded && !closed) {
      inputEnded = true;
      reading = false;
      known(handler).endOfInput();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable thrown) {
    if (cause == null) {
      Throwable inner = thrown.getCause();
      cause = thrown instanceof DecoderException && inner != null ? inner : thrown;
    }
    close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closed = true;
    if (handler != null) {
      handler.lost(cause);
    }
  }

  @Override
  public InetSocketAddress peer() {
    return channel.remoteAddress();
  }

  @Override
  public InetSocketAddress local() {
    return channel.localAddress();
  }

  @Override
  public Executor executor() {
    return this::execute;
  }

  private void execute(Runnable task) {
    try {
      channel.eventLoop().execute(task);
    } catch (RejectedExecutionException e) {
      if (!channel.eventLoop().isShuttingDown()) {
        throw e;
      }
    }
  }

  @Override
  public Runnable schedule(Runnable task, long delayNanos) {
    ScheduledFuture<?> timer = channel.eventLoop().schedule(task, delayNanos, TimeUnit.NANOSECONDS);
    return () -> timer.cancel(false);
  }

  @Override
  public void reading(boolean wanted) {
    if (wanted && !reading && !closed && !inputEnded) {
      reading = true;
      known(context).read();
    } else if (!wanted) {
      reading = false;
    }
  }

  @Override
  public boolean writable() {
    return channel.isWritable();
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the void promise reports to exceptionCaught
  public void write(ByteBuffer octets) {
    if (!closed) {
      unflushed = true;
      known(context).write(Unpooled.wrappedBuffer(octets), channel.voidPromise());
    }
  }

  @Override
  public void flush() {
    if (unflushed && !closed) {
      unflushed = false;
      known(context).flush();
    }
  }

  @Override
  public void startTls(TlsConfig config, ByteBuffer unread) {
    SslHandler made;
    try {
      made = tlsHandlers.handler(config, channel.alloc(), handshakes);
    } catch (SSLException e) {
      exceptionCaught(known(context), e);
      return;
    }
    tls = made;
    tlsConfig = config;
    channel.pipeline().addFirst(made);
    if (unread.hasRemaining()) {
      ByteBuf first = channel.alloc().buffer(unread.remaining()).writeBytes(unread);
      channel.pipeline().fireChannelRead(first).fireChannelReadComplete();
    }
  }

  @Override
  public void shutdownOutput() {
    if (closed) {
      return;
    }
    ChannelFuture sent = known(context).writeAndFlush(Unpooled.EMPTY_BUFFER);
    if (tls != null) {
      sent = tls.closeOutbound();
    }
    sent.addListener(
        done -> {
          if (done.isSuccess()) {
            channel.shutdownOutput().addListener(ended -> outputEnded());
          } else {
            close();
          }
        });
  }

  private void outputEnded() {
    if (!closed) {
      known(handler).outputEnded();
    }
  }

  /** Not through the TLS handler, which would wait for its farewell to be read. */
  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // channelInactive tells when it is done
  public void close() {
    if (!closed) {
      closed = true;
      known(channel.pipeline().firstContext()).close();
    }
  }
}
