/**
 * Runs the commands of the program besides {@code serve}: reads the command line, the few settings that a command needs,
 * and opens its connection to the database.
 *
 * <p>Promises that a command opens no port, starts nothing of the service, prints results on standard output and everything
 * else on standard error, and ends with status 0 (done), 1 (failed, may be tried again) or 2 (refused).
 */
@NullMarked
package dev.countersign.command;

import org.jspecify.annotations.NullMarked;
