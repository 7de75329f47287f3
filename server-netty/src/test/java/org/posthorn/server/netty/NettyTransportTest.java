package org.posthorn.server.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.posthorn.server.Transport;
import org.posthorn.server.TransportContract;

/** With what is found on the class path: epoll and OpenSSL on Linux. */
class NettyTransportTest extends TransportContract {
  @Override
  protected Transport transport() {
    return new NettyTransport(2);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void usesNativesThatAreThere() {
    assertEquals("epoll, TLS by OpenSSL", new NettyTransport().toString());
  }
}
