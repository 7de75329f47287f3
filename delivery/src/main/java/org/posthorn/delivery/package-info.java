/** From an accepted message to mailboxes. */
@NullMarked
package org.posthorn.delivery;

import org.jspecify.annotations.NullMarked;
