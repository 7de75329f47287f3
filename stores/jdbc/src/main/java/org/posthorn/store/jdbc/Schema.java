package org.posthorn.store.jdbc;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.posthorn.sqlite.Db;
import org.posthorn.sqlite.SchemaSteps;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** The kinds of file and the number of steps that each has taken up to this release. */
enum Schema {
  ACCOUNT("account", 7),
  DIRECTORY("directory", 5);

  private static final int VERSION_AT = 60;

  private final SchemaSteps steps;
  private final int current;

  Schema(String file, int version) {
    this.current = version;
    this.steps = new SchemaSteps(file, version, Schema.class::getResourceAsStream);
  }

  static int version(Db db) throws SQLException {
    return SchemaSteps.version(db);
  }

  /** By the head of a file, which is not opened; steps that are only in its log do not count. */
  boolean isEarlier(Path file) throws IOException {
    try (DataInputStream head = new DataInputStream(Files.newInputStream(file))) {
      head.skipNBytes(VERSION_AT);
      return head.readInt() < current;
    }
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
