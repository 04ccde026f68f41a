/**
 * The service under test, in the test's process or packaged, and the API client of tests. A test makes everything that it
 * needs through the API.
 */
@NullMarked
package dev.countersign.testsupport;

import org.jspecify.annotations.NullMarked;
