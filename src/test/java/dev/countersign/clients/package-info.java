/**
 * The requests of published clients as they were captured, with their headers and bodies, and what each client reads of the
 * answers. The clients themselves run with {@code src/test/clients/run}.
 */
@NullMarked
package dev.countersign.clients;

import org.jspecify.annotations.NullMarked;
