/** The store on SQLite. */
module org.posthorn.store.jdbc {
  requires static org.jspecify;
  requires transitive org.posthorn.store;
  requires transitive java.sql;
  requires org.xerial.sqlitejdbc;

  exports org.posthorn.store.jdbc;
}
