/** What clients meet while another transaction keeps a row or a table locked. */
@NullMarked
package dev.countersign.faults.lock;

import org.jspecify.annotations.NullMarked;
