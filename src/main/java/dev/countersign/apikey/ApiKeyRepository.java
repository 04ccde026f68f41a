package dev.countersign.apikey;

import static dev.countersign.apikey.ApiKeyTable.TABLE;

import dev.countersign.announcement.CacheFactory;
import dev.countersign.announcement.ChangeSubject;
import dev.countersign.credential.AllowedOrigins;
import dev.countersign.credential.Caller;
import dev.countersign.credential.Credential;
import dev.countersign.credential.Secret;
import dev.countersign.postgres.pool.Sessions;
import dev.countersign.postgres.pool.Statements;
import dev.countersign.postgres.row.AuditedStatement;
import dev.countersign.postgres.row.PagedQuery;
import dev.countersign.postgres.row.RowChange;
import dev.countersign.postgres.row.SessionStatement;
import dev.countersign.postgres.table.Condition;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.Page;
import dev.countersign.web.paging.PageRequest;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Reads and writes API keys in the database, for their REST endpoints and for the authentication of requests. */
@ApplicationScoped
public class ApiKeyRepository implements PanacheRepository<ApiKey> {

    /** Casts the text twice, because the driver would encode a parameter of type json as one JSON string. */
    private static final String MARK_USED = """
            with used as (
                select key.id, uses.used
                from json_to_recordset(cast(cast(:uses as text) as json)) as uses(id bigint, used timestamptz)
                join api_key key on key.id = uses.id
                where key.last_used is null or key.last_used < uses.used
                for update of key skip locked)
            update api_key set last_used = used.used from used where api_key.id = used.id
            """;

    private final CacheFactory caches;
    private final Statements statements;
    private final Sessions sessions;

    ApiKeyRepository(CacheFactory caches, Statements statements, Sessions sessions) {
        this.caches = caches;
        this.statements = statements;
        this.sessions = sessions;
    }

    /** Stores a new key of an organization. The supplier makes a new entity for each attempt. */
    public Uni<ApiKey> add(long organizationId, Supplier<ApiKey> key) {
        return sessions.change("api_key.organization_id", organizationId, () -> persistAndFlush(key.get()));
    }

    /** Reads a page of an organization's keys, newest first. */
    public Uni<Page<ApiKey>> list(long organizationId, PageRequest request) {
        return new PagedQuery<>(
                        ApiKey.class,
                        "from ApiKey where organizationId = :organization",
                        Map.of("organization", organizationId))
                .newestFirst(sessions, request, "id", ApiKey::requireId);
    }

    /**
     * Reads one key of an organization.
     *
     * @throws ApiException.NotFound where the organization has no key with this id
     */
    public Uni<ApiKey> require(long organizationId, long id) {
        return sessions.read("api_key", () -> find(organizationId, id));
    }

    /**
     * Changes one key of an organization. One statement writes the row, and only where a value differs.
     *
     * @throws ApiException.NotFound where the organization has no key with this id
     * @throws ApiException.Forbidden where the caller may not give a scope of the key
     */
    public Uni<ApiKey> update(Caller caller, long organizationId, long id, RowChange<ApiKey> change) {
        return change.apply(sessions, TABLE, ApiKeyTable.byId(caller, organizationId, id))
                .onItem()
                .ifNotNull()
                .invoke(changed -> caches.changed(ChangeSubject.apiKey(id)))
                .onItem()
                .ifNull()
                .switchTo(() -> require(organizationId, id).invoke(key -> caller.requireMayGive(key.scopes())));
    }

    /**
     * Replaces the secret of one key of an organization. The earlier secret is invalid from then on.
     *
     * @throws ApiException.NotFound where the organization has no key with this id
     * @throws ApiException.Forbidden where the caller may not give a scope of the key
     */
    public Uni<ApiKey> rotate(Caller caller, long organizationId, long id, Secret secret) {
        return update(
                caller,
                organizationId,
                id,
                new RowChange<ApiKey>(caller.name()).set(ApiKeyTable.KEY_HASH, secret.hash()));
    }

    /**
     * Removes one key of an organization.
     *
     * @throws ApiException.NotFound where the organization has no key with this id
     */
    public Uni<Void> remove(Caller remover, long organizationId, long id) {
        Condition condition = ApiKeyTable.byId(organizationId, id);
        return sessions.change(
                        TABLE.name(),
                        condition.values(),
                        () -> AuditedStatement.delete(remover.name(), TABLE.name(), condition))
                .invoke(rows -> ApiException.NotFound.unlessFound(rows, "API key"))
                .invoke(removed -> caches.changed(ChangeSubject.apiKey(id)))
                .replaceWithVoid();
    }

    /**
     * Writes when keys were last used, in one statement. The statement skips rows that another replica has locked, so
     * that it never waits; the other replica writes the last use of these keys.
     */
    Uni<Integer> markUsed(Map<Long, Instant> uses) {
        JsonArray rows = new JsonArray();
        uses.forEach((id, time) -> rows.add(JsonObject.of("id", id, "used", time.toString())));
        return sessions.read("api_key", () -> SessionStatement.execute(MARK_USED, Map.of("uses", rows.encode())));
    }

    /**
     * Finds the credential of a secret, or null where no key has this secret. The statement is SQL, because parsing HQL
     * would take much of the time of the first request after a cold start.
     */
    public Uni<Credential> findBySecret(Secret secret) {
        Tuple hash = Tuple.of(Buffer.buffer(secret.hash()));
        return statements.first(ApiKeyTable.BY_HASH, hash, row -> credential(TABLE.read(row)));
    }

    private static Credential credential(ApiKey key) {
        long id = key.requireId();
        return Credential.of(
                new Caller.ApiKey(
                        id,
                        key.organizationId,
                        key.scopes(),
                        new AllowedOrigins(key.allowedOrigins()),
                        HexFormat.of().formatHex(key.keyHash)),
                key.active,
                key.dateExpires,
                List.of(ChangeSubject.apiKey(id), ChangeSubject.organization(key.organizationId)));
    }

    private Uni<ApiKey> find(long organizationId, long id) {
        return find("id = ?1 and organizationId = ?2", id, organizationId)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> ApiException.NotFound.of("API key"));
    }
}
