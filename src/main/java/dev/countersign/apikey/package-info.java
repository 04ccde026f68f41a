/**
 * Managing the API keys of an organization over HTTP.
 *
 * <p>A key's text is shown in the answer that makes it, and never again.
 */
@NullMarked
package dev.countersign.apikey;

import org.jspecify.annotations.NullMarked;
