/** Issuers for tests: keys, and tokens that are signed with the JDK alone, so that the service's library checks another's work. */
@NullMarked
package dev.countersign.testsupport.issuer;

import org.jspecify.annotations.NullMarked;
