package org.posthorn.testkit.transcript;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.EngineFactory;
import org.posthorn.store.StoreException;
import org.posthorn.testkit.engine.CallRule;
import org.posthorn.testkit.engine.EngineHarness;
import org.posthorn.testkit.engine.EngineStage;
import org.posthorn.testkit.engine.Feed;

/**
 * Connections to engines without I/O. Understands {@code @advance 30m}, and of the session named
 * last, or 1: {@code @fail CODE [session]} (its next call), {@code @hold [session]},
 * {@code @progress DONE GOAL [session]} (of the call held back), {@code @release [session]}, {@code
 * @stop [session]}; {@code @implicit-tls} lets the sessions to
 * come begin under TLS.
 */
public final class HarnessWires implements Wires {
  private static final Set<String> BUILT_IN =
      Set.of("advance", "fail", "hold", "progress", "release", "stop", "implicit-tls");

  private final EngineStage stage = new EngineStage();
  private final IntFunction<EngineFactory> factories;
  private final Feed feed;
  private final Map<Integer, EngineHarness> harnesses = new TreeMap<>();
  private final Map<String, Consumer<String>> directives = new HashMap<>();
  private Runnable onClose = () -> {};
  private boolean implicitTls;

  /** Every session gets an engine of this factory. */
  public HarnessWires(EngineFactory factory, Feed feed) {
    this(session -> factory, feed);
  }

  /** The factory may depend on the session's number. */
  public HarnessWires(IntFunction<EngineFactory> factories, Feed feed) {
    this.factories = factories;
    this.feed = feed;
  }

  /** Adds a directive of one's own. */
  public HarnessWires with(String name, Consumer<String> action) {
    directives.put(name, action);
    return this;
  }

  /** What to do at the end, such as closing the store. */
  public HarnessWires onClose(Runnable action) {
    onClose = action;
    return this;
  }

  public EngineStage stage() {
    return stage;
  }

  @Override
  public Wire open(int session) {
    EngineFactory factory = factories.apply(session);
    EngineHarness harness = implicitTls ? stage.openTls(factory) : stage.open(factory);
    harnesses.put(session, harness);
    return new HarnessWire(harness, feed);
  }

  @Override
  public boolean supports(String name) {
    return BUILT_IN.contains(name) || directives.containsKey(name);
  }

  @Override
  public boolean immediate() {
    return true;
  }

  @Override
  public void directive(String name, String argument) {
    String[] words = argument.split(" +");
    switch (name) {
      case "advance" -> stage.advance(Duration.parse("PT" + argument.toUpperCase(Locale.ROOT)));
      case "fail" ->
          harness(words, 1)
              .calls(
                  CallRule.failOnce(
                      new StoreException(StoreException.Code.valueOf(words[0]), "on purpose")));
      case "hold" -> harness(words, 0).calls(CallRule.HOLD);
      case "progress" ->
          harness(words, 2).heldCallProgresses(Long.parseLong(words[0]), Long.parseLong(words[1]));
      case "release" -> release(harness(words, 0));
      case "stop" -> harness(words, 0).stop();
      case "implicit-tls" -> implicitTls = true;
      default -> own(name).accept(argument);
    }
  }

  private Consumer<String> own(String name) {
    @Nullable Consumer<String> action = directives.get(name);
    if (action == null) {
      throw new IllegalArgumentException("unknown directive @" + name);
    }
    return action;
  }

  private static void release(EngineHarness harness) {
    harness.calls(CallRule.RUN);
    harness.runHeldCall();
  }

  private EngineHarness harness(String[] words, int index) {
    int session =
        words.length > index && !words[index].isEmpty() ? Integer.parseInt(words[index]) : 1;
    EngineHarness harness = harnesses.get(session);
    if (harness == null) {
      throw new IllegalArgumentException("session " + session + " is not open");
    }
    return harness;
  }

  @Override
  public void close() {
    harnesses.values().forEach(EngineHarness::disconnect);
    onClose.run();
  }
}
