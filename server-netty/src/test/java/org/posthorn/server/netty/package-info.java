/** Tests of the Netty driver. */
@NullMarked
package org.posthorn.server.netty;

import org.jspecify.annotations.NullMarked;
