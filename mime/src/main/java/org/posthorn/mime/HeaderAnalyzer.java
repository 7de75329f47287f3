package org.posthorn.mime;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Understands one header after the other: what the part is, and what of it the index keeps. */
final class HeaderAnalyzer {

  private static final List<KnownField> ENVELOPE_TEXTS =
      List.of(KnownField.DATE, KnownField.SUBJECT, KnownField.IN_REPLY_TO, KnownField.MESSAGE_ID);

  /** What a disposition is whose type is missing or unknown (RFC 2183 section 2.8). */
  private static final Octets ATTACHMENT = Octets.ascii("attachment");

  private final MimeLimits limits;
  private final Defects defects;
  private final EnumMap<KnownField, Octets> values = new EnumMap<>(KnownField.class);
  private final EnumMap<KnownField, List<MailAddress>> addresses = new EnumMap<>(KnownField.class);
  private final IndexWriter out = new IndexWriter(1024);
  private final IndexWriter block = new IndexWriter(512);

  HeaderAnalyzer(MimeLimits limits, Defects defects) {
    this.limits = limits;
    this.defects = defects;
    for (KnownField field : KnownField.values()) {
      if (field.isAddressList()) {
        addresses.put(field, new ArrayList<>());
      }
    }
  }

  /**
   * Fills in what the header says about the part.
   *
   * @param wholeMessage whether the part is a message, so that it has an envelope
   * @param mayNest whether the limits leave room for parts within it
   */
  void analyze(HeaderLines header, PartDraft part, boolean wholeMessage, boolean mayNest) {
    collect(header, part, wholeMessage);
    out.clear();
    part.bits = 0;
    content(part, mayNest);
    texts(part);
    blocks(part);
    if (wholeMessage) {
      part.bits |= PartLayout.ENVELOPE;
      envelope();
    }
    fields(header);
    part.description = out.toByteArray();
  }

  private void collect(HeaderLines header, PartDraft part, boolean wholeMessage) {
    values.clear();
    addresses.values().forEach(List::clear);
    boolean limited = header.limited();
    for (int i = 0; i < header.count(); i++) {
      KnownField field = KnownField.find(header.octets(), header.start(i), header.nameEnd(i));
      if (field == null || (field.isAboutMessage() && !wholeMessage)) {
        continue;
      }
      if (values.putIfAbsent(field, header.value(i)) != null) {
        defects.add(Defect.Kind.DUPLICATE_FIELD, part.headerStart + header.start(i));
      }
      List<MailAddress> list = addresses.get(field);
      if (list != null) {
        limited |= !AddressParser.parse(header.value(i), limits.addresses(), list);
      }
    }
    if (limited) {
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
    return values.get(field);
  }

  /** Media type and encoding, and what follows from them. */
  private void content(PartDraft part, boolean mayNest) {
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

  private void envelope() {
    block.clear();
    for (KnownField field : ENVELOPE_TEXTS) {
      Octets value = value(field);
      block.string(value == null ? null : HeaderText.unfold(value));
    }
    addresses.values().forEach(block::addresses);
    out.block(block);
  }

  private void fields(HeaderLines header) {
    block.clear();
    block.number(header.count());
    int before = 0;
    for (int i = 0; i < header.count(); i++) {
      int start = header.start(i);
      int nameEnd = header.nameEnd(i);
      int valueStart = header.valueStart(i);
      int beforeColon = valueStart - 1 - nameEnd;
      boolean plain = start == before && beforeColon == 0;
      block.number((header.end(i) - valueStart) * 2L + (plain ? 0 : 1));
      block.string(header.octets(), start, nameEnd);
      if (!plain) {
        block.number(start - before);
        block.number(beforeColon);
      }
      before = header.end(i);
    }
    out.block(block);
  }
}
