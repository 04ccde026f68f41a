/**
 * How tests reach a service over HTTP: a client for ordinary requests, one for bytes that no client sends, the paths of the
 * API, and certificates. Knows nothing of the service itself.
 */
@NullMarked
package dev.countersign.testsupport.http;

import org.jspecify.annotations.NullMarked;
