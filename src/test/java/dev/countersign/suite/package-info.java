/** The two suites of the tests in the process. Maven runs each in a process of its own. */
@NullMarked
package dev.countersign.suite;

import org.jspecify.annotations.NullMarked;
