/** What everything that keeps data in SQLite files shares. */
module org.posthorn.sqlite {
  requires static org.jspecify;
  requires transitive org.posthorn.store;
  requires transitive java.sql;
  requires org.xerial.sqlitejdbc;

  exports org.posthorn.sqlite;
}
