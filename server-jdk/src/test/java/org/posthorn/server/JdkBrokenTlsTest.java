package org.posthorn.server;

import org.posthorn.server.jdk.JdkTransport;

class JdkBrokenTlsTest extends BrokenTlsContract {
  @Override
  protected Transport transport() {
    return new JdkTransport();
  }
}
