package org.posthorn.delivery.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.store.StoreException;

class JournalMapTest {
  @TempDir Path folder;

  private JournalMap open() throws StoreException {
    return JournalMap.open(folder.resolve("sub").resolve("map"));
  }

  @Test
  void keepsAnyKeyAndForgetsALineThatWasCutOff() throws Exception {
    String key = "a \0b\nc+%ü";
    try (JournalMap map = open()) {
      map.put(key, 7);
      map.put("gone", 8);
      map.removeIf((k, v) -> v == 8);
    }
    Files.writeString(folder.resolve("sub/map"), "9 torn", StandardOpenOption.APPEND);
    try (JournalMap map = open()) {
      assertEquals(OptionalLong.of(7), map.get(key));
      assertEquals(1, map.size());
    }
  }

  @Test
  void oneProcessAtATime() throws Exception {
    try (JournalMap map = open()) {
      assertEquals(
          StoreException.Code.IN_USE, assertThrows(StoreException.class, this::open).code());
      assertEquals(0, map.size());
    }
    open().close();
  }

  @Test
  void aClosedMapTakesNothing() throws Exception {
    JournalMap map = open();
    map.close();
    assertThrows(StoreException.class, () -> map.put("x", 1));
  }

  @Test
  void isAsAMapOverManyRestartsAndStaysSmall() throws Exception {
    Random random = new Random(7);
    Map<String, Long> model = new HashMap<>();
    for (int restart = 0; restart < 4; restart++) {
      try (JournalMap map = open()) {
        for (int i = 0; i < 1_500; i++) {
          String key = "k" + random.nextInt(40);
          if (random.nextInt(4) == 0) {
            map.removeIf((k, v) -> k.equals(key));
            model.remove(key);
          } else {
            long value = random.nextInt();
            map.put(key, value);
            model.put(key, value);
          }
          assertEquals(model.size(), map.size());
        }
        model.forEach((k, v) -> assertEquals(OptionalLong.of(v), map.get(k)));
      }
      assertTrue(Files.size(folder.resolve("sub/map")) < 30_000);
    }
  }
}
