/** PostgreSQL servers of tests, and the proxy before them that fails on request and lists the executed statements. */
@NullMarked
package dev.countersign.testsupport.postgres;

import org.jspecify.annotations.NullMarked;
