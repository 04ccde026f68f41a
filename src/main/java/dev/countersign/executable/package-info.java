/**
 * What the build of the native executable does beside what GraalVM does: the code that a start runs stands together.
 *
 * <p>Nothing of this package is part of the running service.
 */
@NullMarked
package dev.countersign.executable;

import org.jspecify.annotations.NullMarked;
