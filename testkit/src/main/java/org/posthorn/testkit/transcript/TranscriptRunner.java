package org.posthorn.testkit.transcript;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Plays one transcript. */
public final class TranscriptRunner {
  private final Transcript script;
  private final Wires wires;
  private final Map<Integer, Session> sessions = new TreeMap<>();
  private final Map<String, String> bound = new HashMap<>();
  private final Dialogue dialogue = new Dialogue();
  private final StringBuilder toSend = new StringBuilder();
  private @Nullable Session sender;

  private TranscriptRunner(Transcript script, Wires wires) {
    this.script = script;
    this.wires = wires;
  }

  /**
   * Plays a transcript; the wires are closed afterwards.
   *
   * @return all that the server said, by session, one character for each octet
   * @throws AssertionError where the server says something else
   */
  public static Map<Integer, String> run(Transcript script, Wires wires) throws IOException {
    try (wires) {
      TranscriptRunner runner = new TranscriptRunner(script, wires);
      try {
        return runner.run();
      } finally {
        runner.hangUp();
      }
    }
  }

  private Map<Integer, String> run() throws IOException {
    List<Step> steps = script.steps();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      try {
        if (step instanceof Step.Expect expect && expect.anyOrder()) {
          List<Step.Expect> group = group(steps, i);
          flush();
          expectAll(group);
          i += group.size() - 1;
        } else {
          play(step);
        }
      } catch (AssertionError | RuntimeException e) {
        throw failure(step, e);
      }
    }
    Map<Integer, String> said = new TreeMap<>();
    flush();
    for (Map.Entry<Integer, Session> entry : sessions.entrySet()) {
      try {
        entry.getValue().endAnswers();
      } catch (AssertionError e) {
        throw failure(steps.get(steps.size() - 1), e);
      }
      said.put(entry.getKey(), entry.getValue().allSaid());
    }
    return said;
  }

  private void hangUp() throws IOException {
    for (Session session : sessions.values()) {
      session.wire().close();
    }
  }

  private AssertionError failure(Step step, Throwable why) {
    return new AssertionError(
        script.name() + ":" + step.line() + ": " + why.getMessage() + "\n" + dialogue, why);
  }

  private void play(Step step) throws IOException {
    if (step instanceof Step.Send send) {
      send(send);
      return;
    }
    flush();
    if (step instanceof Step.Expect expect) {
      session(expect.session()).expect(expect.text(), bound);
    } else if (step instanceof Step.Skip skip) {
      session(skip.session()).skip();
    } else if (step instanceof Step.Forbid forbid) {
      session(forbid.session()).forbid(forbid.text());
    } else if (step instanceof Step.Closed closed) {
      session(closed.session()).expectClosed();
    } else if (step instanceof Step.Silence silence) {
      session(silence.session()).expectSilence();
    } else if (step instanceof Step.Act act) {
      act(session(act.session()).wire(), act.action());
    } else if (step instanceof Step.Directive directive) {
      dialogue.add("@" + directive.name() + " " + directive.argument());
      wires.directive(directive.name(), directive.argument());
    }
  }

  private static List<Step.Expect> group(List<Step> steps, int from) {
    List<Step.Expect> group = new ArrayList<>();
    int session = ((Step.Expect) steps.get(from)).session();
    for (int i = from;
        i < steps.size()
            && steps.get(i) instanceof Step.Expect expect
            && expect.anyOrder()
            && expect.session() == session;
        i++) {
      group.add(expect);
    }
    return group;
  }

  private void expectAll(List<Step.Expect> group) throws IOException {
    Session session = session(group.get(0).session());
    List<Template> open = new ArrayList<>(group.stream().map(Step.Expect::text).toList());
    while (!open.isEmpty()) {
      open.remove(session.expectOneOf(open, bound));
    }
  }

  private void send(Step.Send send) throws IOException {
    Session session = session(send.session());
    if (sender != session) {
      flush();
      session.endAnswers();
      sender = session;
    }
    toSend.append(send.text().expand(bound));
  }

  private void flush() throws IOException {
    if (sender != null) {
      String text = toSend.toString();
      dialogue.said("C", sender.number(), text);
      toSend.setLength(0);
      Session session = sender;
      sender = null;
      session.wire().send(Template.octets(text));
    }
  }

  private static void act(Wire wire, Step.Action action) throws IOException {
    switch (action) {
      case TLS -> wire.startTls();
      case EOF -> wire.endOutput();
      case CLOSE -> wire.close();
    }
  }

  private Session session(int number) throws IOException {
    Session known = sessions.get(number);
    if (known == null) {
      known = new Session(number, wires.open(number), wires.immediate(), dialogue);
      sessions.put(number, known);
    }
    return known;
  }
}
