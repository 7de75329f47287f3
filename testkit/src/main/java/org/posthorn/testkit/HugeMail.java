package org.posthorn.testkit;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;

/** A message whose attachment is made while it is read, line by line. */
final class HugeMail implements GeneratedMail {

  /** Octets of a line of 76 characters, and of the line with its CRLF. */
  private static final int LINE_CONTENT = 57;

  private static final int LINE = 78;

  private final long seed;
  private final long contentOctets;
  private final byte[] head;
  private final byte[] tail = "\r\n--huge--\r\n".getBytes(StandardCharsets.US_ASCII);

  HugeMail(long seed, long contentOctets) {
    if (contentOctets < 0) {
      throw new IllegalArgumentException("negative size " + contentOctets);
    }
    this.seed = seed;
    this.contentOctets = contentOctets;
    this.head =
        String.join(
                "\r\n",
                "From: Big Sender <big@example.org>",
                "To: Big Receiver <receiver@example.org>",
                "Subject: " + contentOctets + " octets",
                "Date: Fri, 21 Nov 1997 09:55:06 -0600",
                "Message-ID: <huge." + contentOctets + "." + seed + "@example.org>",
                "MIME-Version: 1.0",
                "Content-Type: multipart/mixed; boundary=huge",
                "",
                "--huge",
                "",
                "The attachment has " + contentOctets + " octets.",
                "--huge",
                "Content-Type: application/octet-stream",
                "Content-Disposition: attachment; filename=huge.bin",
                "Content-Transfer-Encoding: base64",
                "",
                "")
            .getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String name() {
    return "message with " + contentOctets + " octets attached";
  }

  @Override
  public long size() {
    long rest = contentOctets % LINE_CONTENT;
    long lastLine = rest == 0 ? 0 : (rest + 2) / 3 * 4 + 2;
    return head.length + contentOctets / LINE_CONTENT * LINE + lastLine + tail.length;
  }

  @Override
  public InputStream open() {
    return new Lines();
  }

  @Override
  public String toString() {
    return name();
  }

  private final class Lines extends InputStream {

    private final SplittableRandom random = new SplittableRandom(seed);
    private final Base64.Encoder encoder = Base64.getEncoder();
    private byte[] current = head;
    private int at;
    private long left = contentOctets;
    private boolean tailGiven;

    @Override
    public int read() {
      return prepare() ? current[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int from, int length) {
      int done = 0;
      while (done < length && prepare()) {
        int count = Math.min(length - done, current.length - at);
        System.arraycopy(current, at, target, from + done, count);
        at += count;
        done += count;
      }
      return done == 0 && length > 0 ? -1 : done;
    }

    private boolean prepare() {
      if (at < current.length) {
        return true;
      }
      at = 0;
      if (left > 0) {
        byte[] content = new byte[(int) Math.min(left, LINE_CONTENT)];
        random.nextBytes(content);
        left -= content.length;
        byte[] line = encoder.encode(content);
        current = Arrays.copyOf(line, line.length + 2);
        current[line.length] = '\r';
        current[line.length + 1] = '\n';
        return true;
      }
      current = tailGiven ? new byte[0] : tail;
      tailGiven = true;
      return current.length > 0;
    }
  }
}
