/** The store on Apache Cassandra. */
module org.posthorn.store.cassandra {
  requires static org.jspecify;
  requires transitive org.posthorn.store;
  requires java.driver.core;

  exports org.posthorn.store.cassandra;
  exports org.posthorn.store.cassandra.driver to
      java.driver.core;
}
