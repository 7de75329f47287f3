package org.posthorn.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every JMH benchmark runs; how long it takes is nobody's business here. */
class SmokeTest {

  @Test
  void everyBenchmarkRuns() throws RunnerException {
    assumeTrue(
        SmokeTest.class.getResource(BenchmarkList.BENCHMARK_LIST) != null,
        "compiled without JMH's annotation processor");
    // Another run on the same machine disturbs times only.
    System.setProperty("jmh.ignoreLock", "true");
    Options options =
        new OptionsBuilder()
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(1))
            .param("set", "ordinary")
            .param("megabytes", "1")
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    Collection<RunResult> results = new Runner(options).run();
    Set<String> run = new TreeSet<>();
    results.forEach(result -> run.add(result.getParams().getBenchmark()));
    OutputFormat silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
    Set<String> all = new TreeSet<>();
    BenchmarkList.defaultList()
        .find(silent, List.of(Defaults.INCLUDE_BENCHMARKS), List.of())
        .forEach(entry -> all.add(entry.getUsername()));
    assertEquals(all, run);
    assertTrue(run.size() > 20, "only " + run);
  }
}
