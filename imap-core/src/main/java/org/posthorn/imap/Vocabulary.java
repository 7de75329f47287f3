package org.posthorn.imap;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.posthorn.imap.fetch.FetchKeyword;
import org.posthorn.imap.fetch.FetchPrograms;
import org.posthorn.imap.fetch.StandardItems;
import org.posthorn.imap.list.ListKeyword;
import org.posthorn.imap.list.ListSelection;
import org.posthorn.imap.search.SearchKeyword;
import org.posthorn.imap.search.StandardKeys;
import org.posthorn.imap.wire.Words;

/**
 * The words that extensions bring, in upper case, and what each stands for. Immutable but for what
 * is remembered.
 *
 * @param extensions names of those that bring them
 * @param uidCommands those of the commands whose name begins with {@code UID}, by what follows
 * @param enables what ENABLE knows
 */
record Vocabulary(
    Set<String> extensions,
    Words<Command> commands,
    Words<Command> uidCommands,
    Map<String, FetchKeyword> fetchItems,
    FetchPrograms fetchPrograms,
    Words<SearchKeyword> searchKeys,
    Map<String, StatusAttribute> statusItems,
    Map<String, ListSelection> listSelections,
    Map<String, ListKeyword> listReturns,
    Map<String, String> enables) {
  private static final String UID = "UID ";

  /**
   * @throws IllegalArgumentException when two extensions bring different commands of one name
   */
  static Vocabulary of(List<ImapExtension> extensions) {
    Map<String, Command> commands = new HashMap<>();
    Map<String, Command> uidCommands = new HashMap<>();
    Map<String, FetchKeyword> fetchItems = new HashMap<>(StandardItems.KEYWORDS);
    Map<String, SearchKeyword> searchKeys = new HashMap<>(StandardKeys.KEYWORDS);
    Map<String, StatusAttribute> statusItems = new HashMap<>();
    Map<String, ListSelection> listSelections = new HashMap<>();
    Map<String, ListKeyword> listReturns = new HashMap<>();
    Map<String, String> enables = new HashMap<>();
    Set<String> names = new HashSet<>();
    for (ImapExtension extension : extensions) {
      names.add(extension.name());
      for (Command command : extension.commands()) {
        Command other = commands.put(command.name(), command);
        if (other != null && other != command) {
          throw new IllegalArgumentException("two commands are called " + command.name());
        }
        if (command.name().startsWith(UID)) {
          uidCommands.put(command.name().substring(UID.length()), command);
        }
      }
      fetchItems.putAll(extension.fetchItems());
      searchKeys.putAll(extension.searchKeys());
      statusItems.putAll(extension.statusItems());
      listSelections.putAll(extension.listSelections());
      listReturns.putAll(extension.listReturns());
      for (String name : extension.enables()) {
        enables.put(name.toUpperCase(Locale.ROOT), name);
      }
    }
    return new Vocabulary(
        Set.copyOf(names),
        new Words<>(commands),
        new Words<>(uidCommands),
        Collections.unmodifiableMap(fetchItems),
        new FetchPrograms(Collections.unmodifiableMap(fetchItems)),
        new Words<>(searchKeys),
        Collections.unmodifiableMap(statusItems),
        Collections.unmodifiableMap(listSelections),
        Collections.unmodifiableMap(listReturns),
        Collections.unmodifiableMap(enables));
  }
}
