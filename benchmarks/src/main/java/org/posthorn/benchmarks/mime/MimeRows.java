package org.posthorn.benchmarks.mime;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.posthorn.benchmarks.Race;
import org.posthorn.benchmarks.Ratios;

/** Rows 1 to 6: messages. */
public final class MimeRows {
  private static final int MEGABYTE = 1 << 20;

  private MimeRows() {}

  /** Adds them by their names. */
  public static void addTo(Map<String, Ratios.Row> rows) {
    for (String set : List.of("ordinary", "big", "parts", "header", "deep60", "deep120")) {
      rows.put("structure-" + set, () -> structure(set));
    }
    for (String set : List.of("ordinary", "headers", "big")) {
      rows.put("decode-" + set, () -> decode(set));
    }
    rows.put("base64", MimeRows::base64);
    rows.put("quoted-printable", MimeRows::quotedPrintable);
  }

  private static Race structure(String set) throws IOException {
    StructureBenchmark structure = new StructureBenchmark();
    structure.set = set;
    structure.make();
    return race("structure-" + set, set)
        .with("posthorn", structure::posthorn)
        .with("mime4j raw", structure::mime4jRaw)
        .with("floor", structure::floor);
  }

  private static Race decode(String set) throws Exception {
    DecodeBenchmark decode = new DecodeBenchmark();
    decode.set = set;
    decode.make();
    return race("decode-" + set, set)
        .with("posthorn", decode::posthorn)
        .with("mime4j DOM", decode::mime4jDom)
        .with("Angus Mail", decode::angus);
  }

  private static Race race(String row, String set) throws IOException {
    byte[][] mails = Mails.set(set);
    double octets = 0;
    for (byte[] mail : mails) {
      octets += mail.length;
    }
    return new Race(row, mails.length, octets);
  }

  private static Race base64() throws Exception {
    CodecBenchmark codec = new CodecBenchmark();
    codec.make();
    return new Race("base64", 1, Mails.base64(MEGABYTE).length)
        .with("posthorn", codec::base64DecodePosthorn)
        .with("JDK", codec::base64DecodeJdk)
        .with("mime4j", codec::base64DecodeMime4j);
  }

  private static Race quotedPrintable() throws Exception {
    CodecBenchmark codec = new CodecBenchmark();
    codec.make();
    return new Race("quoted-printable", 1, MEGABYTE)
        .with("posthorn", codec::quotedPrintableDecodePosthorn)
        .with("commons-codec", codec::quotedPrintableDecodeCommons)
        .with("mime4j", codec::quotedPrintableDecodeMime4j);
  }
}
