package org.posthorn.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.store.StoreException;

class SpoolTest {
  private static final String LONG_HEADER =
      "Subject: first\r\nX-Long: "
          + " folded and folded\r\n".repeat(2_000)
          + "List-Id: last\r\n\r\nTo: nobody, it is the body\r\n";

  @TempDir Path directory;

  private Spool spool(int memory, String content, int chunk) throws StoreException {
    Spool spool = new Spool(directory, memory);
    for (int at = 0; at < content.length(); at += chunk) {
      String part = content.substring(at, Math.min(content.length(), at + chunk));
      spool.write(ByteBuffer.wrap(part.getBytes(StandardCharsets.US_ASCII)));
    }
    return spool;
  }

  private static String text(ByteBuffer octets) {
    return StandardCharsets.US_ASCII.decode(octets).toString();
  }

  /** In memory, and in a file from the beginning or from somewhere on. */
  @ParameterizedTest
  @ValueSource(ints = {1 << 20, 30_000, 9_000, 100, 0})
  void givesBackWhatItTook(int memory) throws StoreException {
    for (int chunk : List.of(7_000, 999, 50_000)) {
      try (Spool spool = spool(memory, LONG_HEADER, chunk)) {
        StringBuilder all = new StringBuilder();
        spool.copyTo(octets -> all.append(text(octets)));
        assertEquals(LONG_HEADER, all.toString());
        assertEquals(LONG_HEADER.length(), spool.size());
        assertEquals(LONG_HEADER.substring(0, 17_000), text(spool.head(17_000)));
        assertEquals(LONG_HEADER, text(spool.head(1 << 20)));
        ByteBuffer some = ByteBuffer.allocate(5);
        assertEquals(5, spool.read(9, some));
        assertEquals("first", text(some.flip()));
        assertEquals(-1, spool.read(LONG_HEADER.length(), some.clear()));
      }
    }
  }

  /** A header is read to its end, however long, and no further. */
  @ParameterizedTest
  @ValueSource(ints = {1 << 20, 0})
  void headersAreReadToTheirEnd(int memory) throws StoreException {
    try (Spool spool = spool(memory, LONG_HEADER, 8_000)) {
      MessageHeader header = MessageHeader.of(spool);
      assertEquals(List.of("first"), header.all("subject"));
      assertEquals(List.of("last"), header.all("list-id"));
      assertEquals(0, header.count("to"));
    }
  }
}
