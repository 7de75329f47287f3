package org.posthorn.mime;

/**
 * How much structure a {@link MessageIndexer} will record. What lies beyond a limit is never an
 * error: it stays readable as octets, is only not looked into any more, and is told as {@link
 * Defect.Kind#LIMIT_REACHED}.
 *
 * @param depth how deep parts may be nested, the message's own part counting as 1; 1 to {@link
 *     #MAX_DEPTH}. A multipart or message at that depth becomes a single, opaque part
 * @param parts how many parts a message may have in all; at least 1. Later boundaries are read as
 *     content
 * @param headerOctets how many octets of one part's header are looked at; later fields are skipped
 * @param fields how many fields of one part's header are recorded; later ones are skipped
 * @param parameters how many parameters of one field are recorded
 * @param addresses how many addresses the envelope keeps of one field
 * @param defects how many defects are recorded
 */
public record MimeLimits(
    int depth,
    int parts,
    int headerOctets,
    int fields,
    int parameters,
    int addresses,
    int defects) {

  /** The greatest permitted {@link #depth()}. */
  public static final int MAX_DEPTH = 1_000;

  /**
   * Generous for real mail: depth 100, 20,000 parts, headers of 1 MiB with 10,000 fields, 256
   * parameters, 10,000 addresses, 64 defects.
   */
  public static final MimeLimits DEFAULTS =
      new MimeLimits(100, 20_000, 1 << 20, 10_000, 256, 10_000, 64);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a limit is out of its range
   */
  public MimeLimits {
    if (depth < 1 || depth > MAX_DEPTH) {
      throw new IllegalArgumentException("depth " + depth + " is not in 1.." + MAX_DEPTH);
    }
    if (parts < 1) {
      throw new IllegalArgumentException("parts " + parts + " is less than 1");
    }
    if (headerOctets < 0 || fields < 0 || parameters < 0 || addresses < 0 || defects < 0) {
      throw new IllegalArgumentException("a limit is negative");
    }
  }

  /** These limits with another {@link #depth()}. */
  public MimeLimits withDepth(int value) {
    return new MimeLimits(value, parts, headerOctets, fields, parameters, addresses, defects);
  }

  /** These limits with another {@link #parts()}. */
  public MimeLimits withParts(int value) {
    return new MimeLimits(depth, value, headerOctets, fields, parameters, addresses, defects);
  }

  /** These limits with another {@link #headerOctets()}. */
  public MimeLimits withHeaderOctets(int value) {
    return new MimeLimits(depth, parts, value, fields, parameters, addresses, defects);
  }

  /** These limits with another {@link #fields()}. */
  public MimeLimits withFields(int value) {
    return new MimeLimits(depth, parts, headerOctets, value, parameters, addresses, defects);
  }

  /** These limits with another {@link #parameters()}. */
  public MimeLimits withParameters(int value) {
    return new MimeLimits(depth, parts, headerOctets, fields, value, addresses, defects);
  }

  /** These limits with another {@link #addresses()}. */
  public MimeLimits withAddresses(int value) {
    return new MimeLimits(depth, parts, headerOctets, fields, parameters, value, defects);
  }

  /** These limits with another {@link #defects()}. */
  public MimeLimits withDefects(int value) {
    return new MimeLimits(depth, parts, headerOctets, fields, parameters, addresses, value);
  }
}
