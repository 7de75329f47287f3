/** The store on SQLite. */
@NullMarked
package org.posthorn.store.jdbc;

import org.jspecify.annotations.NullMarked;
