package org.posthorn.testkit.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** How input is cut up before an engine gets it. Stateful where it is random: one per run. */
public final class Feed {
  private interface Cut {
    int next(int left);
  }

  private final String name;
  private final Cut cut;

  private Feed(String name, Cut cut) {
    this.name = name;
    this.cut = cut;
  }

  public static Feed whole() {
    return new Feed("whole", left -> left);
  }

  /** Pieces of so many octets. */
  public static Feed of(int octets) {
    if (octets < 1) {
      throw new IllegalArgumentException("octets " + octets);
    }
    return new Feed(octets + " a feed", left -> Math.min(left, octets));
  }

  /** Pieces of random length, mostly short; the same seed gives the same pieces. */
  public static Feed random(long seed) {
    Random random = new Random(seed);
    return new Feed(
        "random, seed " + seed,
        left -> Math.min(left, 1 + random.nextInt(1 << random.nextInt(1, 9))));
  }

  /** The ways in which every transcript is run. */
  public static List<Feed> all(long seed) {
    return List.of(whole(), of(1), of(2), of(7), random(seed));
  }

  List<byte[]> cut(byte[] octets) {
    List<byte[]> pieces = new ArrayList<>();
    for (int from = 0; from < octets.length; ) {
      int to = from + cut.next(octets.length - from);
      pieces.add(Arrays.copyOfRange(octets, from, to));
      from = to;
    }
    return pieces;
  }

  @Override
  public String toString() {
    return name;
  }
}
