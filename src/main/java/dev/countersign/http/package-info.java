/**
 * What every answer below {@code /api/0/} has in common: headers, {@code Allow}, OPTIONS, 404 and 405 of routes, and the
 * form of JSON.
 *
 * <p>Leaves to the resources what they answer, and to {@code error} how failures look.
 */
@NullMarked
package dev.countersign.http;

import org.jspecify.annotations.NullMarked;
