/** Messages: streaming parser, index, decoding and composing. */
@NullMarked
package org.posthorn.mime;

import org.jspecify.annotations.NullMarked;
