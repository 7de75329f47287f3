package org.posthorn.backup;

import org.posthorn.store.Row;

/**
 * A message in a backup.
 *
 * @param file name without the flags behind it
 * @param sha256 of the octets, in hexadecimal digits
 */
record Entry(Row row, String file, String sha256) {}
