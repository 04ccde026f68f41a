/**
 * Projects: what a client key belongs to, and what a DSN ends with.
 *
 * <p>Every path that names a project asks here. A renamed project is found by its old slug and answered with a redirect.
 */
@NullMarked
package dev.countersign.project;

import org.jspecify.annotations.NullMarked;
