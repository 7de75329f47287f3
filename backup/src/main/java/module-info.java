/** Backup, restore, import, export and copies between stores. */
module org.posthorn.backup {
  requires static org.jspecify;
  requires transitive org.posthorn.store;
  requires com.fasterxml.jackson.core;

  exports org.posthorn.backup;
}
