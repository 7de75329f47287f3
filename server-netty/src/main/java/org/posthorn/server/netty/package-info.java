/** The driver for production, on Netty. */
@NullMarked
package org.posthorn.server.netty;

import org.jspecify.annotations.NullMarked;
