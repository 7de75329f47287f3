package org.posthorn.mime;

import java.util.Arrays;

/**
 * Understands Content-Type and Content-Transfer-Encoding, and what follows from them for a part.
 */
final class ContentAnalyzer {

  private static final KnownField TYPE = KnownField.CONTENT_TYPE;
  private static final KnownField ENCODING = KnownField.CONTENT_TRANSFER_ENCODING;
  private static final byte[] MESSAGE = {'m', 'e', 's', 's', 'a', 'g', 'e'};
  private static final byte[] MULTIPART = {'m', 'u', 'l', 't', 'i', 'p', 'a', 'r', 't'};
  private static final byte[] RFC822 = {'r', 'f', 'c', '8', '2', '2'};
  private static final byte[] GLOBAL = {'g', 'l', 'o', 'b', 'a', 'l'};
  private static final byte[] DIGEST = {'d', 'i', 'g', 'e', 's', 't'};
  private static final IndexWriter DEFAULT_TYPE = new IndexWriter(32);
  private static final IndexWriter DEFAULT_PARAMETERS = new IndexWriter(32);

  static {
    DEFAULT_TYPE.string(MediaType.TEXT);
    DEFAULT_TYPE.string(MediaType.PLAIN);
    DEFAULT_TYPE.string(MediaType.SEVEN_BIT);
    DEFAULT_PARAMETERS.parameters(MediaType.DEFAULT.parameters());
  }

  private final MimeLimits limits;
  private final Defects defects;
  private final KnownFields known;
  private final IndexWriter list = new IndexWriter(128);
  private final MediaScan media = new MediaScan();
  private final MediaMemo memo = new MediaMemo();

  ContentAnalyzer(MimeLimits limits, Defects defects, KnownFields known) {
    this.limits = limits;
    this.defects = defects;
    this.known = known;
  }

  /** Lets go of the octets that were read last. */
  void forget() {
    media.forget();
  }

  /** How much memory is held, about. */
  int held() {
    return list.capacity();
  }

  /**
   * Decides what kind of part it is, and writes type, subtype and encoding.
   *
   * @param mayNest whether the limits leave room for parts within it
   * @param out for type, subtype and encoding
   * @param parameters for the parameters, if there are any
   */
  void analyze(PartDraft part, boolean mayNest, IndexWriter out, IndexWriter parameters) {
    parameters.clear();
    part.kind = Part.Kind.SINGLE;
    boolean inDigest = part.parent != null && part.parent.digest;
    if (known.has(TYPE)) {
      if (!usual(part, mayNest, out, parameters)) {
        general(part, mayNest, out, parameters);
      }
    } else if (inDigest || known.has(ENCODING)) {
      general(part, mayNest, out, parameters);
    } else {
      part.bits |= PartLayout.PARAMETERS;
      out.all(DEFAULT_TYPE);
      parameters.all(DEFAULT_PARAMETERS);
    }
  }

  /**
   * Does it for a Content-Type of the usual form, without an encoding if it is one of a multipart
   * or message; tells whether it is.
   */
  private boolean usual(PartDraft part, boolean mayNest, IndexWriter out, IndexWriter parameters) {
    byte[] octets = known.header().octets();
    int from = known.valueFrom(TYPE);
    int to = known.valueTo(TYPE);
    int entry = memo.find(octets, from, to);
    if (entry >= 0) {
      memo.writeType(entry, out);
      encoding(out);
      if (memo.writeParameters(entry, parameters)) {
        part.bits |= PartLayout.PARAMETERS;
      }
      return true;
    }
    list.clear();
    if (!media.scan(octets, from, to, limits.parameters(), list)) {
      return false;
    }
    boolean multipart = media.is(MULTIPART, media.typeFrom, media.typeTo);
    boolean composite = multipart || isMessage();
    if (composite && (!mayNest || known.has(ENCODING))) {
      return false;
    }
    if (multipart && !usualMultipart(part, octets)) {
      return false;
    } else if (composite && !multipart) {
      part.kind = Part.Kind.MESSAGE;
    }
    int typeFrom = out.length();
    out.string(octets, media.typeFrom, media.typeTo);
    out.string(octets, media.typeTo + 1, media.subtypeTo);
    if (media.parameters > 0) {
      part.bits |= PartLayout.PARAMETERS;
      parameters.number(media.parameters);
      parameters.all(list);
    }
    if (!composite) {
      memo.remember(octets, from, to, out, typeFrom, parameters);
    }
    encoding(out);
    return true;
  }

  /** As {@link MediaType#isMessage}. */
  private boolean isMessage() {
    return media.is(MESSAGE, media.typeFrom, media.typeTo)
        && (media.is(RFC822, media.typeTo + 1, media.subtypeTo)
            || media.is(GLOBAL, media.typeTo + 1, media.subtypeTo));
  }

  private boolean usualMultipart(PartDraft part, byte[] octets) {
    if (media.boundaryFrom < 0) {
      return false;
    }
    int end = media.boundaryTo;
    while (end > media.boundaryFrom && (octets[end - 1] == ' ' || octets[end - 1] == '\t')) {
      end--;
    }
    int length = end - media.boundaryFrom;
    if (length == 0 || length > BoundaryLine.MAX_BOUNDARY) {
      return false;
    }
    part.kind = Part.Kind.MULTIPART;
    part.digest = media.is(DIGEST, media.typeTo + 1, media.subtypeTo);
    part.boundary = Arrays.copyOfRange(octets, media.boundaryFrom, end);
    return true;
  }

  private void general(PartDraft part, boolean mayNest, IndexWriter out, IndexWriter parameters) {
    MediaType type = mediaType(part);
    boolean encoded = TransferEncoding.of(encoding()).isEncoded();
    if (type.isMultipart()) {
      if (encoded) {
        defects.add(Defect.Kind.ENCODED_COMPOSITE, part.headerStart);
      }
      if (mayNest) {
        part.kind = Part.Kind.MULTIPART;
        part.digest = type.isDigest();
        part.boundary = type.boundary();
        if (part.boundary == null) {
          defects.add(Defect.Kind.MISSING_BOUNDARY, part.headerStart);
        }
      } else {
        type = tooDeep(type, part);
      }
    } else if (type.isMessage()) {
      if (encoded) {
        defects.add(Defect.Kind.ENCODED_COMPOSITE, part.headerStart);
        type = type.withType(MediaType.OPAQUE);
      } else if (mayNest) {
        part.kind = Part.Kind.MESSAGE;
      } else {
        type = tooDeep(type, part);
      }
    }
    out.string(type.type());
    out.string(type.subtype());
    encoding(out);
    if (!type.parameters().isEmpty()) {
      part.bits |= PartLayout.PARAMETERS;
      parameters.parameters(type.parameters());
    }
  }

  private MediaType tooDeep(MediaType type, PartDraft part) {
    defects.add(Defect.Kind.LIMIT_REACHED, part.headerStart);
    return type.withType(MediaType.OPAQUE);
  }

  private MediaType mediaType(PartDraft part) {
    Octets value = known.value(TYPE);
    if (value == null) {
      boolean inDigest = part.parent != null && part.parent.digest;
      return inDigest ? MediaType.DIGEST_DEFAULT : MediaType.DEFAULT;
    }
    MediaType type = MediaType.parse(value, limits.parameters());
    if (!type.usable()) {
      defects.add(Defect.Kind.BAD_CONTENT_TYPE, part.headerStart);
    }
    ParameterList.tell(value, limits.parameters(), defects, part.headerStart);
    return type;
  }

  private Octets encoding() {
    Octets value = known.value(ENCODING);
    if (value == null) {
      return MediaType.SEVEN_BIT;
    }
    ValueLexer lexer = new ValueLexer(value);
    lexer.skipSpace();
    Octets token = lexer.next('"') ? lexer.quotedString() : lexer.token();
    return token.isEmpty() ? MediaType.SEVEN_BIT : token;
  }

  private void encoding(IndexWriter out) {
    if (!known.has(ENCODING)) {
      out.string(MediaType.SEVEN_BIT);
      return;
    }
    byte[] octets = known.header().octets();
    int from = known.valueFrom(ENCODING);
    int to = known.valueTo(ENCODING);
    if (from < to && octets[from] == ' ') {
      from++;
    }
    int end = MediaScan.tokenEnd(octets, from, to);
    if (end > from && end < to && octets[end] >= 0 && octets[end] <= ' ') {
      out.string(octets, from, end);
    } else {
      out.string(encoding());
    }
  }
}
