/**
 * Serves Sentry's API for client keys (DSNs), and for the organizations, teams and projects that own them. Packages
 * stand in eight rows, and a package imports only earlier packages. {@code ArchitectureTest} checks the order, and each
 * {@code package-info.java} says what its package promises.
 *
 * <ol>
 *   <li>values: {@code slug}, {@code dsn}, {@code sqlstate}
 *   <li>the edge of HTTP: {@code web.contract}, {@code web.error}, {@code web.json}, {@code web.route},
 *       {@code web.answer}, {@code web.member}, {@code web.body}, {@code web.connection}, {@code web.server}, {@code web.filter},
 *       {@code web.paging}
 *   <li>the store: {@code postgres.driver}, {@code postgres.connection}, {@code postgres.turn}, {@code postgres.pool},
 *       {@code postgres.table}, {@code postgres.row}, {@code postgres.batch}, {@code migration}, {@code announcement}
 *   <li>who calls: {@code credential.limit}, {@code credential}, {@code credential.token}, {@code idempotency}
 *   <li>the nouns of the URL: {@code organization}, {@code apikey}, {@code team}, {@code project.store},
 *       {@code project.link}, {@code project.setting}, {@code project}, {@code project.team}, {@code projectkey.store}, {@code projectkey},
 *       {@code auditlog}
 *   <li>hand-over and installation: {@code wizard}, {@code installation}, {@code declaration.syntax},
 *       {@code declaration.document}, {@code declaration.schema}, {@code declaration}, {@code declaration.reader},
 *       {@code apply.plan}, {@code apply.compare}, {@code apply.store}
 *   <li>running the service: {@code settings}, {@code health}, {@code openapi}, {@code development},
 *       {@code command}, {@code apply}
 *   <li>moving in and out: {@code transfer.row}, {@code transfer.archive}, {@code transfer.source}, {@code
 *       transfer.staging}, {@code transfer.export}, {@code transfer.api}, {@code transfer}
 * </ol>
 */
@NullMarked
package dev.countersign;

import org.jspecify.annotations.NullMarked;
