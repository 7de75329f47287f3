package org.posthorn.imap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that the registered extensions bring, as far as the store can do it. Immutable. */
public final class Registry {
  private final List<ImapExtension> extensions;
  private final Map<String, Command> commands = new HashMap<>();
  private final Set<String> enables = new LinkedHashSet<>();

  /**
   * @param facets of the store
   * @throws IllegalArgumentException when two extensions bring the same command
   */
  Registry(List<ImapExtension> candidates, Set<Class<?>> facets) {
    List<ImapExtension> usable = new ArrayList<>();
    for (ImapExtension extension : candidates) {
      if (facets.containsAll(extension.facets())) {
        usable.add(extension);
        add(extension);
      }
    }
    extensions = List.copyOf(usable);
  }

  private void add(ImapExtension extension) {
    for (Command command : extension.commands()) {
      if (commands.put(command.name(), command) != null) {
        throw new IllegalArgumentException("two commands are called " + command.name());
      }
    }
    enables.addAll(extension.enables());
  }

  /** The extensions in use, in the order in which they announce themselves. */
  public List<ImapExtension> extensions() {
    return extensions;
  }

  /** The command of that upper-case name; null when there is none. */
  public @Nullable Command command(String name) {
    return commands.get(name);
  }

  /** Names of all commands. */
  public Set<String> commandNames() {
    return Set.copyOf(commands.keySet());
  }

  /** What ENABLE knows. */
  public Set<String> enables() {
    return Set.copyOf(enables);
  }

  /** What this session is told now. */
  public List<String> capabilities(Session session) {
    Set<String> capabilities = new LinkedHashSet<>();
    for (ImapExtension extension : extensions) {
      capabilities.addAll(extension.capabilities(session));
    }
    return List.copyOf(capabilities);
  }
}
