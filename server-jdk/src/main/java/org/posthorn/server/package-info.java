/** The MailServer builder and the driver on JDK sockets alone. */
@NullMarked
package org.posthorn.server;

import org.jspecify.annotations.NullMarked;
