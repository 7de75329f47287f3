package org.posthorn.pop3;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The commands and capabilities of a service, gathered from its extensions. */
final class Registry {
  private final List<Pop3Extension> extensions;
  private final Map<String, Pop3Command> commands = new HashMap<>();

  Registry(List<Pop3Extension> extensions) {
    this.extensions = List.copyOf(extensions);
    for (Pop3Extension extension : extensions) {
      for (Pop3Command command : extension.commands()) {
        if (commands.put(command.name(), command) != null) {
          throw new IllegalArgumentException("two commands are called " + command.name());
        }
      }
    }
  }

  @Nullable Pop3Command command(String name) {
    return commands.get(name.toUpperCase(Locale.ROOT));
  }

  List<String> capabilities(Pop3Session session) {
    return extensions.stream()
        .flatMap(extension -> extension.capabilities(session).stream())
        .toList();
  }
}
