package org.posthorn.mime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;

/** Files with the names of messages, each group of them under its explanation. */
final class Golden {

  private Golden() {}

  static NavigableSet<String> names(String file) throws IOException {
    InputStream golden = Objects.requireNonNull(Golden.class.getResourceAsStream(file));
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(golden, StandardCharsets.UTF_8))) {
      NavigableSet<String> names = new TreeSet<>();
      reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(names::add);
      return names;
    }
  }
}
