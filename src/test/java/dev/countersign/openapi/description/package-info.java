/** Makes the OpenAPI document: completes the generated description of each operation at build time. */
@NullMarked
package dev.countersign.openapi.description;

import org.jspecify.annotations.NullMarked;
