/** Tables of aliases, forwards and lists. */
@NullMarked
package org.posthorn.delivery.routing;

import org.jspecify.annotations.NullMarked;
