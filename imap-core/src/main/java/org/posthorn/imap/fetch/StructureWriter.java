package org.posthorn.imap.fetch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.mime.IndexText;
import org.posthorn.mime.Octets;
import org.posthorn.mime.Part;

/** RFC 9051 section 9: body, and section 7.5.2 for what it means. */
public final class StructureWriter {

  private final ResponseEncoder out;
  private final boolean extended;
  private final IndexText text = new IndexText();

  /**
   * @param extended BODYSTRUCTURE, else BODY
   */
  public StructureWriter(ResponseEncoder out, boolean extended) {
    this.out = out;
    this.extended = extended;
  }

  /** body = "(" (body-type-1part / body-type-mpart) ")". */
  public void write(Part part) {
    out.open();
    if (part.kind() == Part.Kind.MULTIPART) {
      multipart(part);
    } else {
      single(part);
    }
    out.close();
  }

  /** A single part as it is when its transfer encoding is undone (RFC 5524 section 3.2). */
  public void writeDecoded(Part part, long octets) {
    if (part.kind() == Part.Kind.SINGLE) {
      out.open();
      single(part, Octets.ascii("BINARY"), octets);
      out.close();
    } else {
      write(part);
    }
  }

  private void multipart(Part part) {
    part.forEachChild(this::write);
    out.sp();
    Strings.string(part.subtype(), out);
    if (extended) {
      parameters(part);
      commonExtension(part);
    }
  }

  private void single(Part part) {
    single(part, part.encoding(), part.end() - part.bodyStart());
  }

  private void single(Part part, Octets encoding, long octets) {
    Strings.string(part.type(), out).sp();
    Strings.string(part.subtype(), out);
    parameters(part);
    nstring(part.id());
    nstring(part.description());
    out.sp();
    Strings.string(encoding, out);
    out.sp().number(octets);
    if (isMessage(part)) {
      message(part);
    }
    if (isMessage(part) || part.type().equalsIgnoreCase("text")) {
      out.sp().number(part.lines());
    }
    if (extended) {
      nstring(part.md5());
      commonExtension(part);
    }
  }

  /**
   * media-message: in RFC 3501 message/global (RFC 6532) is a basic type like any other, in RFC
   * 9051 and RFC 6855 it is a message. What the index calls a message always has its one child.
   */
  private boolean isMessage(Part part) {
    return part.kind() == Part.Kind.MESSAGE
        && (out.allowsUtf8() || part.subtype().equalsIgnoreCase("rfc822"));
  }

  private void message(Part part) {
    part.forEachChild(
        embedded -> {
          EnvelopeWriter.write(embedded, out.sp());
          out.sp();
          write(embedded);
        });
  }

  /** body-fld-dsp, body-fld-lang, body-fld-loc. */
  private void commonExtension(Part part) {
    disposition(part);
    languages(part.languages());
    nstring(part.location());
  }

  private void disposition(Part part) {
    out.sp();
    if (part.disposition(text)) {
      Strings.nextString(text, out.open());
      parameters();
      out.close();
    } else {
      out.nil();
    }
  }

  private void languages(List<Octets> languages) {
    out.sp();
    if (languages.isEmpty()) {
      out.nil();
      return;
    }
    out.open();
    for (int i = 0; i < languages.size(); i++) {
      if (i > 0) {
        out.sp();
      }
      Strings.string(languages.get(i), out);
    }
    out.close();
  }

  private void parameters(Part part) {
    if (part.parameters(text)) {
      parameters();
    } else {
      out.sp().nil();
    }
  }

  private void parameters() {
    out.sp();
    int count = text.count();
    if (count == 0) {
      out.nil();
      return;
    }
    out.open();
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        out.sp();
      }
      Strings.nextString(text, out).sp();
      Strings.nextString(text, out);
    }
    out.close();
  }

  private void nstring(@Nullable Octets octets) {
    Strings.nstring(octets, out.sp());
  }
}
