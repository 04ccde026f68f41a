package dev.countersign.wizard;

import dev.countersign.auth.ApiKeySecret;
import dev.countersign.auth.Caller;
import dev.countersign.error.ApiException;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.Map;

/** The hand-overs that are open, for all replicas. */
@ApplicationScoped
public class WizardRepository {

    /** Anybody may open one, so that there is an end to them. */
    private static final int MAX_OPEN = 1000;

    private static final int RETRY_AFTER_SECONDS = 60;

    private static final String OPEN = """
            with expired as (
                delete from wizard_handover where hash in (
                    select hash from wizard_handover where date_expires <= now() for update skip locked))
            insert into wizard_handover (hash, date_expires)
            select decode(:hash, 'hex'), now() + interval '10 minutes'
            where (select count(*) from wizard_handover where date_expires > now()) < %d
            """.formatted(MAX_OPEN);

    private static final String PROJECT = "select coalesce(project_id, 0) from wizard_handover"
            + " where hash = decode(:hash, 'hex') and date_expires > now()";

    private static final String APPROVE = """
            update wizard_handover
            set project_id = :project, approved_by = :actor, date_expires = now() + interval '10 minutes'
            where hash = decode(:hash, 'hex') and date_expires > now() and project_id is null
            """;

    private static final String REDEEM = """
            with redeemed as (
                delete from wizard_handover
                where hash = decode(:hash, 'hex') and date_expires > now() and project_id is not null
                returning project_id, approved_by)
            insert into api_key (organization_id, label, key_hash, scopes, active, date_added, changed_by)
            select project.organization_id, 'wizard', decode(:key, 'hex'), :scope, true, now(), redeemed.approved_by
            from redeemed join project on project.id = redeemed.project_id
            """;

    /**
     * Opens a hand-over.
     *
     * @throws ApiException.TooManyRequests where too many are open already
     */
    Uni<WizardHash> open() {
        WizardHash hash = WizardHash.generate();
        return execute(OPEN, Map.of("hash", hash.digest())).map(opened -> {
            if (opened == 0) {
                throw ApiException.TooManyRequests.together(
                        "Too many wizards are waiting. Try again in a few minutes.", RETRY_AFTER_SECONDS);
            }
            return hash;
        });
    }

    /**
     * The project that a hand-over is approved for.
     *
     * @throws ApiException.NotFound where there is no such hand-over, or no more
     * @throws ApiException.BadRequest where nobody has approved it yet
     */
    Uni<Long> requireProject(WizardHash hash) {
        return Panache.withSession(
                        () -> Panache.getSession().flatMap(session -> session.createNativeQuery(PROJECT, Long.class)
                                .setParameter("hash", hash.digest())
                                .getSingleResultOrNull()))
                .map(project -> {
                    if (project == null) {
                        throw new ApiException.NotFound();
                    }
                    if (project == 0) {
                        throw new ApiException.BadRequest("Nobody has approved this wizard yet.");
                    }
                    return project;
                });
    }

    /**
     * Approves a hand-over for a project.
     *
     * @throws ApiException.NotFound where it is not waiting for that
     */
    Uni<Void> approve(Caller caller, WizardHash hash, long projectId) {
        return execute(APPROVE, Map.of("hash", hash.digest(), "project", projectId, "actor", caller.name()))
                .invoke(ApiException.NotFound::unlessFound)
                .replaceWithVoid();
    }

    /**
     * Ends a hand-over by making its API key, in one statement: of two requests at once one alone gets it.
     *
     * @throws ApiException.NotFound where another was faster
     */
    Uni<Void> redeem(WizardHash hash, ApiKeySecret secret, String scope) {
        String key = HexFormat.of().formatHex(secret.hash());
        return execute(REDEEM, Map.of("hash", hash.digest(), "key", key, "scope", scope))
                .invoke(ApiException.NotFound::unlessFound)
                .replaceWithVoid();
    }

    /** Ends a hand-over; ended already is ended. */
    Uni<Void> close(WizardHash hash) {
        return execute("delete from wizard_handover where hash = decode(:hash, 'hex')", Map.of("hash", hash.digest()))
                .replaceWithVoid();
    }

    private static Uni<Integer> execute(String statement, Map<String, Object> parameters) {
        return Panache.withSession(() -> Panache.getSession().flatMap(session -> {
            var query = session.createNativeQuery(statement);
            parameters.forEach(query::setParameter);
            return query.executeUpdate();
        }));
    }
}
