/** The OpenAPI document. The tests generate it from the resources, and hold it to the golden file that is served. */
@NullMarked
package dev.countersign.openapi;

import org.jspecify.annotations.NullMarked;
