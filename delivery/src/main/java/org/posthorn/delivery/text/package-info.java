/** Settings as text in files. */
@NullMarked
package org.posthorn.delivery.text;

import org.jspecify.annotations.NullMarked;
