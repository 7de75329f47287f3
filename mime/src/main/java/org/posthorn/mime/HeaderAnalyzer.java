package org.posthorn.mime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Understands one header after the other: what the part is, and what of it the index keeps. */
final class HeaderAnalyzer {

  private static final KnownField ENCODING = KnownField.CONTENT_TRANSFER_ENCODING;
  private static final byte[] MESSAGE = {'m', 'e', 's', 's', 'a', 'g', 'e'};
  private static final byte[] MULTIPART = {'m', 'u', 'l', 't', 'i', 'p', 'a', 'r', 't'};
  private static final byte[] DIGEST = {'d', 'i', 'g', 'e', 's', 't'};
  private static final IndexWriter DEFAULT_TYPE = new IndexWriter(32);
  private static final IndexWriter DEFAULT_PARAMETERS = new IndexWriter(32);

  static {
    DEFAULT_TYPE.string(MediaType.TEXT);
    DEFAULT_TYPE.string(MediaType.PLAIN);
    DEFAULT_TYPE.string(MediaType.SEVEN_BIT);
    DEFAULT_PARAMETERS.parameters(MediaType.DEFAULT.parameters());
  }

  private static final HeaderLines NO_HEADER = new HeaderLines(MimeLimits.DEFAULTS);

  private static final KnownField[] ENVELOPE_TEXTS = {
    KnownField.DATE, KnownField.SUBJECT, KnownField.IN_REPLY_TO, KnownField.MESSAGE_ID
  };

  private static final KnownField[] ADDRESS_LISTS = {
    KnownField.FROM,
    KnownField.SENDER,
    KnownField.REPLY_TO,
    KnownField.TO,
    KnownField.CC,
    KnownField.BCC
  };

  /** What a disposition is whose type is missing or unknown (RFC 2183 section 2.8). */
  private static final Octets ATTACHMENT = Octets.ascii("attachment");

  private final MimeLimits limits;
  private final Defects defects;

  /** For each known field the number of the first one of its kind, counted from 1; 0 if none. */
  private final int[] first = new int[KnownField.COUNT];

  /** The words of the dictionary that the names of the header's fields are, or -1. */
  private int[] words = new int[24];

  private HeaderLines header = NO_HEADER;
  private boolean duplicates;
  private final IndexWriter out;
  private final IndexWriter block = new IndexWriter(256);
  private final IndexWriter list = new IndexWriter(128);
  private final AddressScan scan = new AddressScan(list);
  private final MediaScan media = new MediaScan();

  /**
   * @param out where the descriptions of all parts are written
   */
  HeaderAnalyzer(MimeLimits limits, Defects defects, IndexWriter out) {
    this.limits = limits;
    this.defects = defects;
    this.out = out;
  }

  /**
   * Fills in what the header says about the part.
   *
   * @param wholeMessage whether the part is a message, so that it has an envelope
   * @param mayNest whether the limits leave room for parts within it
   */
  void analyze(HeaderLines lines, PartDraft part, boolean wholeMessage, boolean mayNest) {
    header = lines;
    collect(part, wholeMessage);
    part.bits = 0;
    part.descriptionFrom = out.length();
    content(part, mayNest);
    texts(part);
    blocks(part);
    if (wholeMessage) {
      part.bits |= PartLayout.ENVELOPE;
      envelope(part);
    }
    fields();
    part.descriptionTo = out.length();
    header = NO_HEADER;
  }

  /** Lets go of the octets of the last header. */
  void forget() {
    scan.forget();
    media.forget();
  }

  /** How much memory is held, about. */
  int held() {
    return block.capacity() + list.capacity() + words.length * Integer.BYTES;
  }

  private void collect(PartDraft part, boolean wholeMessage) {
    Arrays.fill(first, 0);
    duplicates = false;
    byte[] octets = header.octets();
    int base = header.base();
    int count = header.count();
    if (words.length < count) {
      words = new int[Math.max(count, words.length * 2)];
    }
    for (int i = 0; i < count; i++) {
      int start = base + header.start(i);
      int nameEnd = base + header.nameEnd(i);
      int word = Dictionary.find(octets, start, nameEnd);
      words[i] = word;
      KnownField field =
          word >= 0 ? KnownField.ofWord(word) : KnownField.find(octets, start, nameEnd);
      if (field == null || (field.isAboutMessage() && !wholeMessage)) {
        continue;
      }
      int slot = field.ordinal();
      if (first[slot] == 0) {
        first[slot] = i + 1;
      } else {
        duplicates = true;
        defects.add(Defect.Kind.DUPLICATE_FIELD, part.headerStart + header.start(i));
      }
    }
    if (header.limited()) {
      defects.add(Defect.Kind.LIMIT_REACHED, part.headerStart);
    }
    tell(Defect.Kind.NOT_A_FIELD, part, header.junkAt());
    tell(Defect.Kind.EIGHT_BIT_HEADER, part, header.eightBitAt());
  }

  private void tell(Defect.Kind kind, PartDraft part, int at) {
    if (at >= 0) {
      defects.add(kind, part.headerStart + at);
    }
  }

  private @Nullable Octets value(KnownField field) {
    int number = first[field.ordinal()];
    return number == 0 ? null : header.value(number - 1);
  }

  /** Media type and encoding, and what follows from them. */
  private void content(PartDraft part, boolean mayNest) {
    if (defaultContent(part) || usualContent(part, mayNest)) {
      return;
    }
    Octets encoding = encoding();
    MediaType type = mediaType(part);
    part.kind = Part.Kind.SINGLE;
    if (type.isMultipart()) {
      if (isEncoded(encoding)) {
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
      if (isEncoded(encoding)) {
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
    out.string(encoding);
    block.clear();
    if (!type.parameters().isEmpty()) {
      part.bits |= PartLayout.PARAMETERS;
      block.parameters(type.parameters());
    }
  }

  /** Does the same for a part that says neither what it is nor how it is encoded. */
  private boolean defaultContent(PartDraft part) {
    boolean inDigest = part.parent != null && part.parent.digest;
    if (inDigest || has(KnownField.CONTENT_TYPE) || has(ENCODING)) {
      return false;
    }
    part.kind = Part.Kind.SINGLE;
    part.bits |= PartLayout.PARAMETERS;
    out.all(DEFAULT_TYPE);
    block.clear();
    block.all(DEFAULT_PARAMETERS);
    return true;
  }

  /**
   * Does the same for a Content-Type of the usual form that is not that of a message, in a known
   * encoding if it is a multipart; tells whether it is.
   */
  private boolean usualContent(PartDraft part, boolean mayNest) {
    int number = first[KnownField.CONTENT_TYPE.ordinal()];
    if (number == 0) {
      return false;
    }
    byte[] octets = header.octets();
    int from = header.base() + header.valueStart(number - 1);
    int to = header.base() + header.end(number - 1);
    list.clear();
    if (!media.scan(octets, from, to, limits.parameters(), list)
        || media.is(MESSAGE, media.typeFrom, media.typeTo)) {
      return false;
    }
    boolean multipart = media.is(MULTIPART, media.typeFrom, media.typeTo);
    if (multipart && (!mayNest || media.boundaryFrom < 0 || has(ENCODING))) {
      return false;
    }
    part.kind = Part.Kind.SINGLE;
    if (multipart) {
      int length = media.boundaryTo;
      while (length > media.boundaryFrom && isBlank(octets[length - 1])) {
        length--;
      }
      if (length == media.boundaryFrom || length - media.boundaryFrom > BoundaryLine.MAX_BOUNDARY) {
        return false;
      }
      part.kind = Part.Kind.MULTIPART;
      part.digest = media.is(DIGEST, media.typeTo + 1, media.subtypeTo);
      part.boundary = Arrays.copyOfRange(octets, media.boundaryFrom, length);
    }
    out.string(octets, media.typeFrom, media.typeTo);
    out.string(octets, media.typeTo + 1, media.subtypeTo);
    out.string(encoding());
    block.clear();
    if (media.parameters > 0) {
      part.bits |= PartLayout.PARAMETERS;
      block.number(media.parameters);
      block.all(list);
    }
    return true;
  }

  private boolean has(KnownField field) {
    return first[field.ordinal()] != 0;
  }

  private static boolean isBlank(byte octet) {
    return octet == ' ' || octet == '\t';
  }

  private MediaType tooDeep(MediaType type, PartDraft part) {
    defects.add(Defect.Kind.LIMIT_REACHED, part.headerStart);
    return type.withType(MediaType.OPAQUE);
  }

  private MediaType mediaType(PartDraft part) {
    Octets value = value(KnownField.CONTENT_TYPE);
    if (value == null) {
      boolean inDigest = part.parent != null && part.parent.digest;
      return inDigest ? MediaType.DIGEST_DEFAULT : MediaType.DEFAULT;
    }
    MediaType type = MediaType.parse(value, limits.parameters());
    if (!type.usable()) {
      defects.add(Defect.Kind.BAD_CONTENT_TYPE, part.headerStart);
    }
    return type;
  }

  private Octets encoding() {
    Octets value = value(KnownField.CONTENT_TRANSFER_ENCODING);
    if (value == null) {
      return MediaType.SEVEN_BIT;
    }
    ValueLexer lexer = new ValueLexer(value);
    lexer.skipSpace();
    Octets token = lexer.next('"') ? lexer.quotedString() : lexer.token();
    return token.isEmpty() ? MediaType.SEVEN_BIT : token;
  }

  private static boolean isEncoded(Octets encoding) {
    return TransferEncoding.of(encoding).isEncoded();
  }

  private void texts(PartDraft part) {
    text(part, KnownField.CONTENT_ID, PartLayout.ID);
    text(part, KnownField.CONTENT_DESCRIPTION, PartLayout.DESCRIPTION);
    text(part, KnownField.CONTENT_MD5, PartLayout.MD5);
    text(part, KnownField.CONTENT_LOCATION, PartLayout.LOCATION);
    text(part, KnownField.REFERENCES, PartLayout.REFERENCES);
  }

  private void text(PartDraft part, KnownField field, int bit) {
    Octets value = value(field);
    if (value != null) {
      part.bits |= bit;
      out.string(HeaderText.unfold(value));
    }
  }

  private void blocks(PartDraft part) {
    if ((part.bits & PartLayout.PARAMETERS) != 0) {
      out.block(block);
    }
    Octets disposition = value(KnownField.CONTENT_DISPOSITION);
    if (disposition != null) {
      block.clear();
      if (disposition(disposition)) {
        part.bits |= PartLayout.DISPOSITION;
        out.block(block);
      }
    }
    Octets language = value(KnownField.CONTENT_LANGUAGE);
    if (language != null) {
      block.clear();
      if (languages(language)) {
        part.bits |= PartLayout.LANGUAGES;
        out.block(block);
      }
    }
  }

  private boolean disposition(Octets value) {
    ValueLexer lexer = new ValueLexer(value);
    lexer.skipSpace();
    Octets type = lexer.token();
    List<Parameter> parameters = ParameterList.parse(lexer, limits.parameters());
    if (type.isEmpty() && parameters.isEmpty()) {
      return false;
    }
    block.string(type.isEmpty() ? ATTACHMENT : type);
    block.parameters(parameters);
    return true;
  }

  private boolean languages(Octets value) {
    List<Octets> tags = new ArrayList<>();
    ValueLexer lexer = new ValueLexer(value);
    while (tags.size() < limits.parameters()) {
      lexer.skipSpace();
      if (lexer.atEnd()) {
        break;
      }
      Octets tag = lexer.token();
      if (tag.isEmpty()) {
        lexer.skipOctet();
      } else {
        tags.add(tag);
      }
    }
    block.number(tags.size());
    tags.forEach(block::string);
    return !tags.isEmpty();
  }

  private void envelope(PartDraft part) {
    block.clear();
    for (KnownField field : ENVELOPE_TEXTS) {
      Octets value = value(field);
      block.string(value == null ? null : HeaderText.unfold(value));
    }
    boolean complete = true;
    for (KnownField field : ADDRESS_LISTS) {
      complete &= addresses(field);
    }
    if (!complete && !header.limited()) {
      defects.add(Defect.Kind.LIMIT_REACHED, part.headerStart);
    }
    out.block(block);
  }

  /** Writes the addresses of all fields of that kind; tells whether there was room for all. */
  private boolean addresses(KnownField field) {
    int number = first[field.ordinal()];
    if (number == 0) {
      block.number(0);
      return true;
    }
    int from = header.base() + header.valueStart(number - 1);
    int to = header.base() + header.end(number - 1);
    boolean one = !duplicates || !isRepeated(field, number);
    if (one && to - from <= limits.addresses()) {
      list.clear();
      int count = scan.scan(header.octets(), from, to);
      if (count >= 0) {
        block.number(count);
        block.all(list);
        return true;
      }
    }
    List<MailAddress> found = new ArrayList<>();
    boolean complete = true;
    for (int i = number - 1; i < header.count(); i++) {
      if (i == number - 1 || (!one && isOf(field, i))) {
        complete &= AddressParser.parse(header.value(i), limits.addresses(), found);
      }
    }
    block.number(found.size());
    block.addresses(found);
    return complete;
  }

  private boolean isRepeated(KnownField field, int after) {
    for (int i = after; i < header.count(); i++) {
      if (isOf(field, i)) {
        return true;
      }
    }
    return false;
  }

  private boolean isOf(KnownField field, int i) {
    int base = header.base();
    return KnownField.find(header.octets(), base + header.start(i), base + header.nameEnd(i))
        == field;
  }

  private void fields() {
    block.clear();
    int count = header.count();
    byte[] octets = header.octets();
    int base = header.base();
    block.number(count);
    int before = 0;
    for (int i = 0; i < count; i++) {
      int start = header.start(i);
      int nameEnd = header.nameEnd(i);
      int valueStart = header.valueStart(i);
      int beforeColon = valueStart - 1 - nameEnd;
      boolean plain = start == before && beforeColon == 0;
      block.number((header.end(i) - valueStart) * 2L + (plain ? 0 : 1));
      block.string(octets, base + start, base + nameEnd, words[i]);
      if (!plain) {
        block.number(start - before);
        block.number(beforeColon);
      }
      before = header.end(i);
    }
    out.block(block);
  }
}
