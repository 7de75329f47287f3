package org.posthorn.store.jdbc;

import java.sql.SQLException;
import org.posthorn.sqlite.Db;
import org.posthorn.sqlite.SchemaSteps;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** The kinds of file and the number of steps that each has taken up to this release. */
enum Schema {
  ACCOUNT("account", 6),
  DIRECTORY("directory", 5);

  private final SchemaSteps steps;

  Schema(String file, int version) {
    this.steps = new SchemaSteps(file, version, Schema.class::getResourceAsStream);
  }

  static int version(Db db) throws SQLException {
    return SchemaSteps.version(db);
  }

  /**
   * Takes the missing steps, within the caller's transaction.
   *
   * @return the version that was found
   * @throws StoreException CANNOT when a newer release wrote the file
   */
  int upgrade(Db db) throws SQLException, StoreException {
    return steps.upgrade(db);
  }

  /**
   * For who may not take steps.
   *
   * @throws StoreException CANNOT when another release wrote the file
   */
  void requireCurrent(Db db) throws SQLException, StoreException {
    if (!isCurrent(db)) {
      throw new StoreException(
          Code.CANNOT, "stored mail is of the format of another release than this");
    }
  }

  boolean isCurrent(Db db) throws SQLException {
    return steps.isCurrent(db);
  }
}
