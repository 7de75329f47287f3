/** Kills a process in the middle of its work, again and again, and looks at what is left. */
@NullMarked
package org.posthorn.store.jdbc.kill;

import org.jspecify.annotations.NullMarked;
