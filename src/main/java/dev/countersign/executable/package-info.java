/**
 * What the build of the native executable does beside what GraalVM does: the code that a start runs stands together.
 *
 * <p>Promises that a build succeeds without it, and that nothing of it runs in the service. Leaves what the executable contains to GraalVM
 * and Quarkus.
 */
@NullMarked
package dev.countersign.executable;

import org.jspecify.annotations.NullMarked;
