package org.posthorn.imap;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.fetch.FetchKeyword;
import org.posthorn.imap.fetch.FetchPrograms;
import org.posthorn.imap.list.ListKeyword;
import org.posthorn.imap.list.ListSelection;
import org.posthorn.imap.search.SearchKeyword;
import org.posthorn.imap.wire.Words;
import org.posthorn.store.MailStore;

/** All that the registered extensions bring, as far as the store can do it. Thread-safe. */
public final class Registry {
  private final ExtensionChoice choice;
  private final MailStore store;
  private final List<ImapExtension> greeted;

  // Made when the first command asks: the greeting, and so a start, needs none of them.
  private volatile @Nullable List<ImapExtension> extensions;
  private volatile @Nullable Vocabulary vocabulary;

  /**
   * @param store whose facets decide
   */
  Registry(ExtensionChoice choice, MailStore store) {
    this.choice = choice;
    this.store = store;
    greeted = choice.greeted();
  }

  /**
   * The words of all extensions.
   *
   * @throws IllegalArgumentException when two extensions bring the same command
   */
  Vocabulary vocabulary() {
    Vocabulary known = vocabulary;
    if (known == null) {
      known = Vocabulary.of(extensions());
      vocabulary = known;
    }
    return known;
  }

  /** The extensions in use, in the order in which they announce themselves. */
  public List<ImapExtension> extensions() {
    List<ImapExtension> known = extensions;
    if (known == null) {
      known = usable(choice.all());
      extensions = known;
    }
    return known;
  }

  private List<ImapExtension> usable(List<ImapExtension> candidates) {
    Set<Class<?>> facets = store.facets();
    List<ImapExtension> usable = new ArrayList<>();
    for (ImapExtension extension : candidates) {
      if (facets.containsAll(extension.facets())) {
        usable.add(extension);
      }
    }
    return List.copyOf(usable);
  }

  /** Whether the extension of that name is in use. */
  public boolean has(String extension) {
    return vocabulary().extensions().contains(extension);
  }

  /** All commands by name. */
  Words<Command> commands() {
    return vocabulary().commands();
  }

  /** Those whose name begins with {@code UID}, by what follows. */
  Words<Command> uidCommands() {
    return vocabulary().uidCommands();
  }

  /** Names of all commands. */
  public Set<String> commandNames() {
    return commands().names();
  }

  /** FETCH items by name. */
  public Map<String, FetchKeyword> fetchItems() {
    return vocabulary().fetchItems();
  }

  /** What FETCH commands ask for, in these items. */
  public FetchPrograms fetchPrograms() {
    return vocabulary().fetchPrograms();
  }

  /** SEARCH keys by name. */
  public Words<SearchKeyword> searchKeys() {
    return vocabulary().searchKeys();
  }

  /** STATUS items by name. */
  public Map<String, StatusAttribute> statusItems() {
    return vocabulary().statusItems();
  }

  /** Selection options of LIST by name. */
  public Map<String, ListSelection> listSelections() {
    return vocabulary().listSelections();
  }

  /** Return options of LIST by name. */
  public Map<String, ListKeyword> listReturns() {
    return vocabulary().listReturns();
  }

  /** What ENABLE knows, in upper case, and how it is written. */
  public Map<String, String> enables() {
    return vocabulary().enables();
  }

  /** What this session is told when it asks. */
  public List<String> capabilities(Session session) {
    return capabilities(extensions(), session);
  }

  /** What the greeting tells: some of what CAPABILITY would. */
  List<String> greeting(Session session) {
    return capabilities(greeted, session);
  }

  private static List<String> capabilities(List<ImapExtension> extensions, Session session) {
    Set<String> capabilities = new LinkedHashSet<>();
    for (ImapExtension extension : extensions) {
      capabilities.addAll(extension.capabilities(session));
    }
    return List.copyOf(capabilities);
  }
}
