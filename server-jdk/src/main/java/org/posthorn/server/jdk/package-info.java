/** The driver on JDK sockets alone: selector loops, TLS by JSSE. */
@NullMarked
package org.posthorn.server.jdk;

import org.jspecify.annotations.NullMarked;
