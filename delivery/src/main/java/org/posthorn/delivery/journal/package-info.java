/** A small durable map; internal. */
@NullMarked
package org.posthorn.delivery.journal;

import org.jspecify.annotations.NullMarked;
