/** SQLite files: connections, transactions, steps of a schema, failures. */
@NullMarked
package org.posthorn.sqlite;

import org.jspecify.annotations.NullMarked;
