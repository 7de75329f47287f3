/** Whole servers over real sockets. */
@NullMarked
package org.posthorn.integration;

import org.jspecify.annotations.NullMarked;
