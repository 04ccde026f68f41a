/**
 * Reads and checks the settings of issuers, whose tokens are credentials. No class of this package is loaded unless the
 * configuration names an issuer, so the settings are read by their names and not by a mapping, which every start would load.
 *
 * <p>Promises that a wrong, missing, contradictory or unknown setting of an issuer ends the start with one line.
 */
@NullMarked
package dev.countersign.issuer.setting;

import org.jspecify.annotations.NullMarked;
