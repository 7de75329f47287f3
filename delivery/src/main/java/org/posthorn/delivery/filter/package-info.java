/** What users want done with mail that is delivered to them. */
@NullMarked
package org.posthorn.delivery.filter;

import org.jspecify.annotations.NullMarked;
