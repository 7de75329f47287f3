/** What an integrator implements to keep mail, and the values it speaks in. */
module org.posthorn.store {
  requires static org.jspecify;
  requires transitive org.posthorn.mime;

  exports org.posthorn.store;
  exports org.posthorn.store.support;
}
