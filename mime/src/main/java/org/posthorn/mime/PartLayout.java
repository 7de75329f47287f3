package org.posthorn.mime;

/**
 * The stored form of a part, which {@link PartDraft} writes and {@link Part} reads. A record is:
 * these bits; the distance of the header from the end of what came before; the lengths of header
 * and body; the body's lines; type, subtype and encoding; where their bit is set id, description,
 * MD5, location and references, then as blocks with their length the parameters, the disposition,
 * the languages and the envelope; the block of fields; and unless the kind is SINGLE the number of
 * children and each child's record with its length.
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
  static final int REFERENCES = 1 << 10;

  private PartLayout() {}

  static int code(Part.Kind kind) {
    return switch (kind) {
      case SINGLE -> 0;
      case MULTIPART -> 1;
      case MESSAGE -> 2;
    };
  }

  static Part.Kind kind(int bits) {
    return switch (bits & KIND) {
      case 1 -> Part.Kind.MULTIPART;
      case 2 -> Part.Kind.MESSAGE;
      default -> Part.Kind.SINGLE;
    };
  }
}
