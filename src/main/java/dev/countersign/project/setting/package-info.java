/**
 * What a request may set on a project.
 *
 * <p>Promises that the settings of one project are bounded in total. Sentry's defaults stand where nothing was set; this
 * service acts on none of the settings.
 */
@NullMarked
package dev.countersign.project.setting;

import org.jspecify.annotations.NullMarked;
