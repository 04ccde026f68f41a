/**
 * Reads, merges and shows the settings of a project, and reads the bodies of requests that create or change a project.
 *
 * <p>Promises that the total size of the settings of one project is bounded. Settings that are not set show Sentry's
 * defaults. The service itself uses none of the settings.
 */
@NullMarked
package dev.countersign.project.setting;

import org.jspecify.annotations.NullMarked;
