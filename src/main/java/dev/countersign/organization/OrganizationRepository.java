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

/** All organizations. */
@ApplicationScoped
public class OrganizationRepository implements PanacheRepository<Organization> {

    static final Column<Organization, String> SLUG =
            Column.text("slug", found -> found.slug, (found, value) -> found.slug = value);
    static final Column<Organization, String> NAME =
            Column.text("name", found -> found.name, (found, value) -> found.name = value);

    private static final Table<Organization> TABLE = Table.of(
            "organization",
            Organization.class,
            Organization::new,
            Column.number("id", Organization::requireId, (found, value) -> found.id = value),
            SLUG,
            NAME,
            Column.time("date_added", found -> found.dateAdded, (found, value) -> found.dateAdded = value),
            Column.text("changed_by", found -> found.changedBy, (found, value) -> found.changedBy = value));

    private static final RowRemoval REMOVAL = new RowRemoval(
            "organization",
            List.of(
                    new RowRemoval.Part("project_key", "organization_id = :id"),
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
     * Stores a new organization of a slug, which is made anew for each attempt.
     *
     * @throws UniqueViolation where its slug is taken
     */
    public Uni<Organization> add(String slug, Supplier<Organization> organization) {
        return UniqueViolation.in(
                () -> sessions.change("organization.slug", slug, () -> persistAndFlush(organization.get())));
    }

    /**
     * The organization that a path names, for a caller that may act on it.
     *
     * @throws ApiException.NotFound where there is none
     * @throws ApiException.Forbidden where the caller belongs to another one
     */
    public Uni<Organization> require(Caller caller, IdOrSlug organization) {
        return sessions.read("organization", () -> find(caller, organization));
    }

    /** A page of the organizations that a caller may see and asks for, newest first. */
    Uni<Page<Organization>> list(Caller caller, OrganizationQuery query, PageRequest request) {
        String visible = caller.reach().choose(() -> "true", own -> "id = :own");
        Map<String, Object> parameters = caller.reach().choose(Map::of, own -> Map.of("own", own));
        return new PagedQuery<>(
                        Organization.class,
                        "from Organization where " + visible + query.condition(),
                        query.parameters(parameters))
                .newestFirst(sessions, request, "id", Organization::requireId);
    }

    /** Organizations by their ids. */
    public Uni<Map<Long, Organization>> listByIds(List<Long> ids) {
        return sessions.read("organization", () -> getSession()
                        .flatMap(session -> session.find(Organization.class, ids.toArray())))
                .map(found -> found.stream()
                        .filter(Objects::nonNull)
                        .collect(Collectors.toMap(Organization::requireId, organization -> organization)));
    }

    /**
     * Changes an organization, in one statement where something changes.
     *
     * @throws ApiException.NotFound where there is none
     * @throws ApiException.Forbidden where the caller belongs to another one
     * @throws UniqueViolation where its new slug is taken
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

    /** Removes an organization with all that belongs to it. */
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
