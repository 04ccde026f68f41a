/**
 * The settings of a project, and the bodies of the requests that create and change a project.
 *
 * <p>Promises that the total size of the settings of one project is bounded. Settings that are not set show Sentry's
 * defaults. The service itself uses none of the settings.
 */
@NullMarked
package dev.countersign.project.setting;

import org.jspecify.annotations.NullMarked;
