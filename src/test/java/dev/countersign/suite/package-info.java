/**
 * Suites of tests that share a service, and of all other tests in the process. Maven runs each suite in one process, and two suites
 * beside each other.
 */
@NullMarked
package dev.countersign.suite;

import org.jspecify.annotations.NullMarked;
