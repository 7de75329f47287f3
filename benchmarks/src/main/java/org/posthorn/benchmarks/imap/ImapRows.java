package org.posthorn.benchmarks.imap;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.posthorn.benchmarks.Race;
import org.posthorn.benchmarks.Ratios;

/** Rows 8 to 10: commands, sets, answers. */
public final class ImapRows {
  private ImapRows() {}

  /** Adds them by their names. */
  public static void addTo(Map<String, Ratios.Row> rows) {
    for (String command : List.of("fetch", "fetch-new", "login", "search", "store", "append")) {
      rows.put("parse-" + command, () -> parse(command));
    }
    rows.put("set-parse", ImapRows::setParse);
    rows.put("set-intersect", ImapRows::setIntersect);
    rows.put("render", ImapRows::render);
  }

  private static Race parse(String command) {
    ParseCommand parse = new ParseCommand();
    parse.command = command;
    parse.make();
    return new Race("parse-" + command, 1, Commands.of(command).length)
        .with("posthorn", parse::posthorn)
        .with("James", parse::james)
        .with("GreenMail", parse::greenMail)
        .with("floor", parse::floor);
  }

  private static Race setParse() throws Exception {
    SetBenchmark set = new SetBenchmark();
    set.make();
    return new Race("set-parse", 1, 1)
        .with("posthorn", set::parsePosthorn)
        .with("James", set::parseJames)
        .with("GreenMail", set::parseGreenMail)
        .with("floor", set::parseFloor);
  }

  private static Race setIntersect() throws Exception {
    SetBenchmark set = new SetBenchmark();
    set.make();
    return new Race("set-intersect", 1, 1)
        .with("posthorn", set::intersectPosthorn)
        .with("GreenMail", set::intersectGreenMail)
        .with("floor", set::intersectFloor);
  }

  private static Race render() throws IOException {
    RenderStructure render = new RenderStructure();
    render.make();
    return new Race("render", RenderStructure.MESSAGES, RenderStructure.MESSAGES)
        .with("posthorn", render::envelopeAndStructure)
        .with("with decoding", render::decodeAndRender)
        .with("floor", render::floor);
  }
}
