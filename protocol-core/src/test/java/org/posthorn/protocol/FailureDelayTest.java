package org.posthorn.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailureDelayTest {
  @Test
  void growsUpToItsLongest() {
    assertEquals(Duration.ofSeconds(2), FailureDelay.STANDARD.after(1));
    assertEquals(Duration.ofSeconds(4), FailureDelay.STANDARD.after(2));
    assertEquals(Duration.ofSeconds(10), FailureDelay.STANDARD.after(99));
    assertEquals(Duration.ZERO, FailureDelay.NONE.after(3));
  }

  @Test
  void endsTheConnectionAtItsLimit() {
    assertFalse(FailureDelay.STANDARD.exhausted(4));
    assertTrue(FailureDelay.STANDARD.exhausted(5));
  }

  @Test
  void refusesNonsense() {
    Duration zero = Duration.ZERO;
    assertThrows(IllegalArgumentException.class, () -> new FailureDelay(zero, zero, zero, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new FailureDelay(Duration.ofSeconds(-1), zero, zero, 3));
  }
}
