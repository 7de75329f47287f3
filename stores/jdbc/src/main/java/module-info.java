/** The store on SQLite and PostgreSQL. */
module org.posthorn.store.jdbc {
  requires static org.checkerframework.checker.qual;
  requires static org.jspecify;
  requires transitive org.posthorn.store;
  requires org.posthorn.sqlite;
  requires transitive java.sql;
  requires static com.zaxxer.hikari;
  requires static flyway.core;
  requires static org.postgresql.jdbc;

  exports org.posthorn.store.jdbc;
}
