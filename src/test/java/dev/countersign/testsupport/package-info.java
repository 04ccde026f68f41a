/** The database and the API client of the tests. Everything a test needs it makes for itself, through the API. */
@NullMarked
package dev.countersign.testsupport;

import org.jspecify.annotations.NullMarked;
