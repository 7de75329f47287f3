package org.posthorn.imap;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.fetch.FetchKeyword;
import org.posthorn.imap.fetch.StandardItems;
import org.posthorn.imap.search.SearchKeyword;
import org.posthorn.imap.search.StandardKeys;

/** All that the registered extensions bring, as far as the store can do it. Immutable. */
public final class Registry {
  private final List<ImapExtension> extensions;
  private final Map<String, Command> commands = new HashMap<>();
  private final Map<String, FetchKeyword> fetchItems = new HashMap<>(StandardItems.KEYWORDS);
  private final Map<String, SearchKeyword> searchKeys = new HashMap<>(StandardKeys.KEYWORDS);
  private final Map<String, StatusAttribute> statusItems = new HashMap<>();
  private final Set<String> names = new HashSet<>();
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
    names.add(extension.name());
    for (Command command : extension.commands()) {
      if (commands.put(command.name(), command) != null) {
        throw new IllegalArgumentException("two commands are called " + command.name());
      }
    }
    fetchItems.putAll(extension.fetchItems());
    searchKeys.putAll(extension.searchKeys());
    statusItems.putAll(extension.statusItems());
    enables.addAll(extension.enables());
  }

  /** The extensions in use, in the order in which they announce themselves. */
  public List<ImapExtension> extensions() {
    return extensions;
  }

  /** Whether the extension of that name is in use. */
  public boolean has(String extension) {
    return names.contains(extension);
  }

  /** The command of that upper-case name; null when there is none. */
  public @Nullable Command command(String name) {
    return commands.get(name);
  }

  /** Names of all commands. */
  public Set<String> commandNames() {
    return Set.copyOf(commands.keySet());
  }

  /** FETCH items by name. */
  public Map<String, FetchKeyword> fetchItems() {
    return Collections.unmodifiableMap(fetchItems);
  }

  /** SEARCH keys by name. */
  public Map<String, SearchKeyword> searchKeys() {
    return Collections.unmodifiableMap(searchKeys);
  }

  /** STATUS items by name. */
  public Map<String, StatusAttribute> statusItems() {
    return Collections.unmodifiableMap(statusItems);
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
