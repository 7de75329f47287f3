package org.posthorn.mime;

/** Understands one header after the other: what the part is, and what of it the index keeps. */
final class HeaderAnalyzer {

  private final MimeLimits limits;
  private final Defects defects;
  private final BareEnds bareEnds;
  private final KnownFields known;
  private final ContentAnalyzer content;
  private final DispositionAnalyzer dispositions;
  private final EnvelopeAnalyzer envelopes;
  private final IndexWriter out;
  private final IndexWriter block = new IndexWriter(256);

  /**
   * @param out where the descriptions of all parts are written
   */
  HeaderAnalyzer(MimeLimits limits, Defects defects, BareEnds bareEnds, IndexWriter out) {
    this.bareEnds = bareEnds;
    this.limits = limits;
    this.defects = defects;
    this.out = out;
    known = new KnownFields(defects);
    content = new ContentAnalyzer(limits, defects, known);
    dispositions = new DispositionAnalyzer(limits);
    envelopes = new EnvelopeAnalyzer(limits, known);
  }

  /**
   * Fills in what the header says about the part.
   *
   * @param wholeMessage whether the part is a message, so that it has an envelope
   * @param mayNest whether the limits leave room for parts within it
   */
  void analyze(HeaderLines header, PartDraft part, boolean wholeMessage, boolean mayNest) {
    known.find(header, part, wholeMessage);
    if (header.limited()) {
      defects.add(Defect.Kind.LIMIT_REACHED, part.headerStart);
    }
    tell(Defect.Kind.NOT_A_FIELD, part, header.junkAt());
    tell(Defect.Kind.EIGHT_BIT_HEADER, part, header.eightBitAt());
    int cr = header.bareCrAt();
    if (cr >= 0) {
      bareEnds.cr(part.headerStart + cr);
    }
    part.bits = 0;
    part.descriptionFrom = out.length();
    content.analyze(part, mayNest, out, block);
    text(part, KnownField.CONTENT_ID, PartLayout.ID);
    text(part, KnownField.CONTENT_DESCRIPTION, PartLayout.DESCRIPTION);
    text(part, KnownField.CONTENT_MD5, PartLayout.MD5);
    text(part, KnownField.CONTENT_LOCATION, PartLayout.LOCATION);
    text(part, KnownField.REFERENCES, PartLayout.REFERENCES);
    if ((part.bits & PartLayout.PARAMETERS) != 0) {
      out.block(block);
    }
    dispositionAndLanguages(part);
    if (wholeMessage) {
      part.bits |= PartLayout.ENVELOPE;
      block.clear();
      if (!envelopes.write(block) && !header.limited()) {
        defects.add(Defect.Kind.LIMIT_REACHED, part.headerStart);
      }
      if (envelopes.hasMisplacedWord()) {
        defects.add(Defect.Kind.MISPLACED_ENCODED_WORD, part.headerStart);
      }
      out.block(block);
    }
    fields(header);
    part.descriptionTo = out.length();
    known.forget();
  }

  /** Lets go of the octets of the last header. */
  void forget() {
    content.forget();
    envelopes.forget();
  }

  /** How much memory is held, about. */
  int held() {
    return block.capacity() + known.held() + content.held() + envelopes.held();
  }

  private void tell(Defect.Kind kind, PartDraft part, int at) {
    if (at >= 0) {
      defects.add(kind, part.headerStart + at);
    }
  }

  private void text(PartDraft part, KnownField field, int bit) {
    if (known.has(field)) {
      part.bits |= bit;
      known.writeText(field, out);
    }
  }

  private void dispositionAndLanguages(PartDraft part) {
    Octets disposition = known.value(KnownField.CONTENT_DISPOSITION);
    if (disposition != null) {
      ParameterList.tell(disposition, limits.parameters(), defects, part.headerStart);
      block.clear();
      if (dispositions.disposition(disposition, block)) {
        part.bits |= PartLayout.DISPOSITION;
        out.block(block);
      }
    }
    Octets language = known.value(KnownField.CONTENT_LANGUAGE);
    if (language != null) {
      block.clear();
      if (dispositions.languages(language, block)) {
        part.bits |= PartLayout.LANGUAGES;
        out.block(block);
      }
    }
  }

  private void fields(HeaderLines header) {
    block.clear();
    FieldTable fields = header.fields();
    int count = fields.count();
    byte[] octets = header.octets();
    int base = header.base();
    block.number(count);
    int before = 0;
    for (int i = 0; i < count; i++) {
      int start = fields.start(i);
      int nameEnd = fields.nameEnd(i);
      int valueStart = fields.valueStart(i);
      int end = fields.end(i);
      int beforeColon = valueStart - 1 - nameEnd;
      boolean plain = start == before && beforeColon == 0;
      block.number((end - valueStart) * 2L + (plain ? 0 : 1));
      block.string(octets, base + start, base + nameEnd, known.word(i));
      if (!plain) {
        block.number(start - before);
        block.number(beforeColon);
      }
      before = end;
    }
    out.block(block);
  }
}
