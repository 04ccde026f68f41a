package dev.countersign.organization;

import dev.countersign.announcement.CacheFactory;
import dev.countersign.announcement.ChangeSubject;
import dev.countersign.credential.Caller;
import dev.countersign.postgres.pool.Sessions;
import dev.countersign.postgres.row.PagedQuery;
import dev.countersign.postgres.row.RowChange;
import dev.countersign.postgres.row.RowRemoval;
import dev.countersign.postgres.row.UniqueViolation;
import dev.countersign.postgres.table.Column;
import dev.countersign.postgres.table.Condition;
import dev.countersign.postgres.table.Table;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.Page;
import dev.countersign.web.paging.PageRequest;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes organizations in the database, and finds the organization that a path names if the caller may act on it.
 */
@ApplicationScoped
public class OrganizationRepository implements PanacheRepository<Organization> {

    static final Column<Organization, String> SLUG =
            Column.text("slug", found -> found.slug, (found, value) -> found.slug = value);
    static final Column<Organization, String> NAME =
            Column.text("name", found -> found.name, (found, value) -> found.name = value);

    static final Column<Organization, @Nullable String> INGEST =
            Column.optionalText("ingest", found -> found.ingest, (found, value) -> found.ingest = value);

    static final Column<Organization, @Nullable Integer> DEFAULT_RATE_LIMIT_WINDOW = Column.optionalInteger(
            "default_rate_limit_window",
            found -> found.defaultRateLimitWindow,
            (found, value) -> found.defaultRateLimitWindow = value);
    static final Column<Organization, @Nullable Integer> DEFAULT_RATE_LIMIT_COUNT = Column.optionalInteger(
            "default_rate_limit_count",
            found -> found.defaultRateLimitCount,
            (found, value) -> found.defaultRateLimitCount = value);

    /** The table of organizations. */
    public static final Table<Organization> TABLE = Table.of(
            "organization",
            Organization.class,
            Organization::new,
            Column.number("id", Organization::requireId, (found, value) -> found.id = value),
            SLUG,
            NAME,
            INGEST,
            DEFAULT_RATE_LIMIT_WINDOW,
            DEFAULT_RATE_LIMIT_COUNT,
            Column.time("date_added", found -> found.dateAdded, (found, value) -> found.dateAdded = value),
            Column.text("changed_by", found -> found.changedBy, (found, value) -> found.changedBy = value));

    /** The statement of the PostgreSQL client that reads the id of the organization with a slug, in the exact case. */
    public static final String ID_BY_SLUG = "select id from " + TABLE.name() + " where " + SLUG.name() + " = $1";

    private static final RowRemoval REMOVAL = new RowRemoval(
            "organization",
            List.of(
                    new RowRemoval.Part("idempotency_record", "organization_id = :id"),
                    new RowRemoval.Part("project_key", "organization_id = :id"),
                    new RowRemoval.Part("removed_client_key", "organization_id = :id"),
                    new RowRemoval.Part("removed_api_key", "organization_id = :id"),
                    new RowRemoval.Part("project_redirect", "organization_id = :id"),
                    new RowRemoval.Part(
                            "project_team", "project_id in (select id from project where organization_id = :id)"),
                    new RowRemoval.Part("project", "organization_id = :id"),
                    new RowRemoval.Part("team", "organization_id = :id"),
                    new RowRemoval.Part("api_key", "organization_id = :id")));

    private final CacheFactory caches;
    private final Sessions sessions;

    OrganizationRepository(CacheFactory caches, Sessions sessions) {
        this.caches = caches;
        this.sessions = sessions;
    }

    /**
     * Stores a new organization with this slug. The supplier makes a new entity for each attempt.
     *
     * @throws UniqueViolation where the slug is taken
     */
    public Uni<Organization> add(String slug, Supplier<Organization> organization) {
        return UniqueViolation.in(
                () -> sessions.change("organization.slug", slug, () -> persistAndFlush(organization.get())));
    }

    /**
     * Finds the organization that a path names, if the caller may act on it.
     *
     * @throws ApiException.NotFound where no such organization exists
     * @throws ApiException.Forbidden where the caller belongs to another organization
     */
    public Uni<Organization> require(Caller caller, IdOrSlug organization) {
        return sessions.read("organization", () -> find(caller, organization));
    }

    /** Reads a page of the organizations that the caller may see and the query matches, newest first. */
    Uni<Page<Organization>> list(Caller caller, OrganizationQuery query, PageRequest request) {
        String visible = caller.reach().choose(() -> "true", own -> "id = :own");
        Map<String, Object> parameters = caller.reach().choose(Map::of, own -> Map.of("own", own));
        return new PagedQuery<>(Organization.class, "from Organization where " + visible, parameters)
                .and(query.conditions())
                .newestFirst(sessions, request, "id", Organization::requireId);
    }

    /** Reads organizations by id. The map has no entry for an id that does not exist. */
    public Uni<Map<Long, Organization>> listByIds(List<Long> ids) {
        return sessions.read("organization", () -> getSession()
                        .flatMap(session -> session.find(Organization.class, ids.toArray())))
                .map(found -> found.stream()
                        .filter(Objects::nonNull)
                        .collect(Collectors.toMap(Organization::requireId, organization -> organization)));
    }

    /**
     * Changes an organization. One statement writes the row, and only where a value differs.
     *
     * @throws ApiException.NotFound where no such organization exists
     * @throws ApiException.Forbidden where the caller belongs to another organization
     * @throws UniqueViolation where the new slug is taken
     */
    public Uni<Organization> update(Caller caller, IdOrSlug organization, RowChange<Organization> change) {
        Condition condition = parameters -> organization.column("id", "slug") + " = "
                + parameters.add(organization.value())
                + caller.reach().choose(() -> "", own -> " and id = " + parameters.add(own));
        return UniqueViolation.in(() -> change.apply(sessions, TABLE, condition))
                .onItem()
                .ifNotNull()
                .invoke(changed -> caches.changed(ChangeSubject.organization(changed.requireId())))
                .onItem()
                .ifNull()
                .switchTo(() -> require(caller, organization));
    }

    /** Removes an organization and all rows that belong to it. */
    public Uni<Void> remove(Caller caller, Organization organization) {
        return REMOVAL.remove(sessions, caller.name(), organization.requireId())
                .invoke(rows -> ApiException.NotFound.unlessFound(rows, "organization"))
                .invoke(removed -> caches.changed(ChangeSubject.organization(organization.requireId())))
                .replaceWithVoid();
    }

    private Uni<Organization> find(Caller caller, IdOrSlug organization) {
        return find(organization.column("id", "slug"), organization.value())
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> ApiException.NotFound.of("organization"))
                .invoke(found -> caller.requireOrganization(found.requireId()));
    }
}
