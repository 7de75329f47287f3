/** The reference store, in memory. */
module org.posthorn.store.memory {
  requires static org.jspecify;
  requires transitive org.posthorn.store;

  exports org.posthorn.store.memory;
}
