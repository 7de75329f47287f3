package org.posthorn.store.jdbc;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Compression is nothing that anybody notices; the kit runs on SQLite with each build. */
@EnabledIfSystemProperty(named = "posthorn.soak", matches = "true")
class PostgresCompressedContractTest extends PostgresContractTest {
  @Override
  PostgresStore.Builder store() {
    return super.store().compression(Compression.deflate());
  }

  @Override
  public int largeMailbox() {
    return 10_000;
  }
}
