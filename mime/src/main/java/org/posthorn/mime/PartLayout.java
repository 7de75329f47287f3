package org.posthorn.mime;

/**
 * The bits that open the stored record of a part. A record is: bits; distance of its header from
 * the end of what came before; header length; body length; lines; type, subtype, encoding; then,
 * where its bit is set, id, description, MD5, location, and as blocks with their length parameters,
 * disposition, languages, envelope; the block of fields; and unless the kind is SINGLE the number
 * of children and each child's record with its length.
 */
final class PartLayout {

  static final int KIND = 3;
  static final int ID = 1 << 2;
  static final int DESCRIPTION = 1 << 3;
  static final int MD5 = 1 << 4;
  static final int LOCATION = 1 << 5;
  static final int PARAMETERS = 1 << 6;
  static final int DISPOSITION = 1 << 7;
  static final int LANGUAGES = 1 << 8;
  static final int ENVELOPE = 1 << 9;

  /** Set in the count of Sender and Reply-To addresses when they are those of From. */
  static final long SAME_AS_FROM = 1;

  private PartLayout() {}
}
