/** Automatic answers (RFC 3834). */
@NullMarked
package org.posthorn.delivery.response;

import org.jspecify.annotations.NullMarked;
