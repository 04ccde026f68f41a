/**
 * Serves the JSON Schema of declared documents, and names the members that each kind of object has.
 *
 * <p>Promises that a document which the schema refuses is refused by {@code apply}; a test compares the schema with the
 * OpenAPI document.
 */
@NullMarked
package dev.countersign.declaration.schema;

import org.jspecify.annotations.NullMarked;
