package org.posthorn.store.jdbc;

import org.junit.jupiter.api.Tag;

/** Compression is nothing that anybody notices. */
@Tag("long")
class SqliteCompressedContractTest extends SqliteContractTest {
  @Override
  SqliteStore.Builder store() {
    return super.store().compression(Compression.deflate());
  }

  @Override
  public int largeMailbox() {
    return 10_000;
  }
}
