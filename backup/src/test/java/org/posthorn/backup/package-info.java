@NullMarked
package org.posthorn.backup;

import org.jspecify.annotations.NullMarked;
