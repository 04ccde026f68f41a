/** The log of a test run: messages that a test expects, and the reason of each skipped test. */
@NullMarked
package dev.countersign.testsupport.log;

import org.jspecify.annotations.NullMarked;
