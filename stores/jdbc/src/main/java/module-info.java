/** The store on SQLite. */
module org.posthorn.store.jdbc {
  requires static org.jspecify;
  requires transitive org.posthorn.store;
  requires org.posthorn.sqlite;
  requires transitive java.sql;

  exports org.posthorn.store.jdbc;
}
