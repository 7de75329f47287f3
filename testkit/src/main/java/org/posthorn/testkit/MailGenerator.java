package org.posthorn.testkit;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Makes messages for tests: ordinary, multilingual, nested, malformed and huge. A message depends
 * on the seed and its number alone, so the same call gives the same octets on every machine. Safe
 * for any number of threads.
 *
 * <p>All but the {@linkplain #raw raw} ones have CRLF line ends with one at the end and no NUL, so
 * that every protocol takes them.
 */
public final class MailGenerator {

  private static final long STEP = 0x9e37_79b9_7f4a_7c15L;

  private final long seed;

  /** A generator whose messages all follow from the seed. */
  public MailGenerator(long seed) {
    this.seed = seed;
  }

  /** What a message is about to try. */
  public enum Kind {
    /** A short text. */
    PLAIN,
    /** Text in one of many charsets, with encoded-words in its header. */
    MULTILINGUAL,
    /** Text and HTML. */
    ALTERNATIVE,
    /** A text with base64 attachments whose names are long or odd. */
    ATTACHMENTS,
    /** Multiparts and messages within each other. */
    NESTED,
    /** One of the others, damaged. */
    MALFORMED
  }

  /** The first messages of this generator. */
  public List<GeneratedMail> first(int count) {
    return IntStream.range(0, count).mapToObj(this::message).toList();
  }

  /** The message of that number, which also decides its kind. */
  public GeneratedMail message(int number) {
    Kind[] kinds = Kind.values();
    return message(kinds[Math.floorMod(number, kinds.length)], number);
  }

  /** The message of that kind and number. */
  public GeneratedMail message(Kind kind, int number) {
    SplittableRandom random = random(kind.name(), number);
    MailWriter writer = new MailWriter(random, number);
    byte[] octets =
        switch (kind) {
          case PLAIN -> writer.plain();
          case MULTILINGUAL -> writer.multilingual();
          case ALTERNATIVE -> writer.alternative();
          case ATTACHMENTS -> writer.attachments();
          case NESTED -> writer.nested();
          case MALFORMED -> MailDamage.damage(writer.any(), random);
        };
    return new Whole(name(kind.name(), number), octets);
  }

  /**
   * A malformed message that may also have bare CR, bare LF and NUL, and may lack its last line
   * end.
   */
  public GeneratedMail raw(int number) {
    SplittableRandom random = random("RAW", number);
    byte[] octets = MailDamage.damage(new MailWriter(random, number).any(), random);
    return new Whole(name("RAW", number), MailDamage.roughen(octets, random));
  }

  /**
   * A message with an attachment of that many octets in base64, made while it is read: it needs no
   * memory.
   *
   * @param contentOctets the size of the attachment before its encoding
   */
  public GeneratedMail huge(long contentOctets) {
    return new HugeMail(seed, contentOctets);
  }

  private SplittableRandom random(String kind, int number) {
    return new SplittableRandom(seed ^ (kind.hashCode() * STEP) ^ ((number * STEP) >>> 7));
  }

  private String name(String kind, int number) {
    return kind + " message " + number + " of seed " + seed;
  }

  private static final class Whole implements GeneratedMail {

    private final String name;
    private final byte[] octets;

    Whole(String name, byte[] octets) {
      this.name = name;
      this.octets = octets;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public long size() {
      return octets.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(octets);
    }

    @Override
    public byte[] octets() {
      return octets.clone();
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
