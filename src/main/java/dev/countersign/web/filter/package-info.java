/**
 * What happens to a request before a resource sees it: the target is repaired, ambiguous requests are refused, bodies are
 * bounded in time and memory, and paths and methods that do not exist are answered.
 *
 * <p>Promises that none of this needs a credential or the database.
 */
@NullMarked
package dev.countersign.web.filter;

import org.jspecify.annotations.NullMarked;
