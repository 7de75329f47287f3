/**
 * A store with faults that the contract kit must notice. Stands here and not in the kit, because
 * the kit cannot depend on the store whose tests it makes.
 */
@NullMarked
package org.posthorn.store.memory.faulty;

import org.jspecify.annotations.NullMarked;
