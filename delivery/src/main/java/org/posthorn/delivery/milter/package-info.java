/** The client's side of the Sendmail milter protocol, version 6. */
@NullMarked
package org.posthorn.delivery.milter;

import org.jspecify.annotations.NullMarked;
