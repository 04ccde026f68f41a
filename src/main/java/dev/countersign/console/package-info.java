/**
 * Serves the console at {@code /console/}: the page and its files, for people without a command line. The page calls the public
 * API with the credential of the person; this package knows no credential, no key and no organization.
 *
 * <p>Promises that a console that is off has no route and reads no file, and that a file never changes under its URL.
 */
@NullMarked
package dev.countersign.console;

import org.jspecify.annotations.NullMarked;
