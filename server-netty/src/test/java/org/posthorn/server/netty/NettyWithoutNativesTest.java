package org.posthorn.server.netty;

import org.posthorn.server.Transport;
import org.posthorn.server.TransportContract;

class NettyWithoutNativesTest extends TransportContract {
  @Override
  protected Transport transport() {
    return NettyTransport.withoutNatives();
  }
}
