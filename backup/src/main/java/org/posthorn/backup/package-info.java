/** Backup, restore, import, export and copies between stores. */
@NullMarked
package org.posthorn.backup;

import org.jspecify.annotations.NullMarked;
