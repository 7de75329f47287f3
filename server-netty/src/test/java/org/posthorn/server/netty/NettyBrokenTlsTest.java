package org.posthorn.server.netty;

import org.posthorn.server.BrokenTlsContract;
import org.posthorn.server.Transport;

class NettyBrokenTlsTest extends BrokenTlsContract {
  @Override
  protected Transport transport() {
    return new NettyTransport(2);
  }
}
