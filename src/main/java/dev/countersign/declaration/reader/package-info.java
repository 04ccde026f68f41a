/**
 * Reads the organizations that documents declare, with their teams, projects, client keys and API keys.
 *
 * <p>Promises that each member has the rules and messages of the API, because the readers of the API's requests check it, and
 * that one run names all faults.
 */
@NullMarked
package dev.countersign.declaration.reader;

import org.jspecify.annotations.NullMarked;
