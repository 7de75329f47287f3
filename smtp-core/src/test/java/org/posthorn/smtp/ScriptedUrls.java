package org.posthorn.smtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.OutputSource;
import org.posthorn.store.Identity;
import org.posthorn.store.StoreException;

/** What the path of a URL names: its own text, so many octets, or a failure. */
final class ScriptedUrls implements UrlResolver {
  @Override
  public List<String> announced() {
    return List.of("imap");
  }

  @Override
  public OutputSource open(Identity user, String url) throws StoreException {
    String what = url.substring(url.lastIndexOf('/') + 1);
    if (what.startsWith("fail:")) {
      throw new StoreException(StoreException.Code.valueOf(what.substring(5)), "as the URL says");
    }
    if (!url.contains("submit+" + user.account())) {
      throw new StoreException(StoreException.Code.NO_PERMISSION, "for somebody else");
    }
    String text = what.startsWith("x:") ? "x".repeat(Integer.parseInt(what.substring(2))) : what;
    return new Text(ByteBuffer.wrap((text + "\r\n").getBytes(StandardCharsets.UTF_8)));
  }

  private record Text(ByteBuffer left) implements OutputSource {
    @Override
    public long length() {
      return left.remaining();
    }

    @Override
    public int read(ByteBuffer into, CallContext context) {
      if (!left.hasRemaining()) {
        return -1;
      }
      int n = Math.min(7, Math.min(left.remaining(), into.remaining()));
      into.put(left.slice(left.position(), n));
      left.position(left.position() + n);
      return n;
    }

    @Override
    public void close() {}
  }
}
