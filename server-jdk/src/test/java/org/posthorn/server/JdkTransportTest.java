package org.posthorn.server;

import org.posthorn.server.jdk.JdkTransport;

class JdkTransportTest extends TransportContract {
  @Override
  protected Transport transport() {
    return new JdkTransport();
  }
}
