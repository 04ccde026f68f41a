package dev.countersign.wizard;

import dev.countersign.apikey.ApiKeyTable;
import dev.countersign.credential.Caller;
import dev.countersign.credential.Scope;
import dev.countersign.credential.Secret;
import dev.countersign.postgres.pool.Sessions;
import dev.countersign.postgres.row.SessionStatement;
import dev.countersign.web.error.ApiException;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stores which wizard may fetch which project: the approved hand-overs, which all replicas share. A hand-over that
 * nobody has approved has no row.
 */
@ApplicationScoped
public class WizardRepository {

    /** The limit of approved hand-overs of a project, because each of them can make an API key. */
    private static final int MAX_OF_PROJECT = 100;

    private static final int RETRY_AFTER_SECONDS = 600;

    /** The states that {@link #STATE} answers in place of a project's id. */
    private static final long OPEN = 0;

    private static final long CLOSED = -1;
    private static final long REVOKED = -2;

    private static final String OF_HASH = "handover.hash = decode(:hash, 'hex')";

    /** Whether the credential that approved the hand-over may still make API keys of the organization. */
    private static final String STILL_APPROVED = "(handover.approver_key_hash is null or "
            + ApiKeyTable.mayStill("handover.approver_key_hash", Scope.ORGANIZATION_ADMIN) + ")";

    private static final String STATE =
            "select case when closed then " + CLOSED + " when project_id is null then " + OPEN
                    + " when " + STILL_APPROVED + " then project_id else " + REVOKED
                    + " end from wizard_handover handover where " + OF_HASH + " and date_expires > now()";

    private static final String APPROVE = """
            with expired as (
                delete from wizard_handover where hash in (
                    select hash from wizard_handover
                    where date_expires <= now() and hash <> decode(:hash, 'hex') limit 1000 for update skip locked))
            insert into wizard_handover as handover (hash, project_id, approved_by, approver_key_hash, date_expires)
            select decode(:hash, 'hex'), cast(:project as bigint), cast(:actor as varchar),
                decode(nullif(cast(:apiKey as varchar), ''), 'hex'), now() + interval '10 minutes'
            where (select count(*) from wizard_handover where project_id = :project and date_expires > now()) < %d
            on conflict (hash) do update
            set project_id = excluded.project_id, approved_by = excluded.approved_by,
                approver_key_hash = excluded.approver_key_hash, date_expires = excluded.date_expires, closed = false
            where handover.date_expires <= now()
            or not handover.closed and (handover.project_id is null or not %s)
            """.formatted(MAX_OF_PROJECT, STILL_APPROVED);

    private static final String REDEEM = """
            with redeemed as (
                update wizard_handover handover set closed = true
                where handover.hash = decode(:hash, 'hex') and date_expires > now() and project_id is not null
                and not closed and %s
                returning handover.project_id, handover.approved_by)
            %s
            """.formatted(
                    STILL_APPROVED,
                    ApiKeyTable.insert(
                            "project.organization_id, 'wizard', decode(:key, 'hex'), :scope, redeemed.approved_by",
                            "redeemed join project on project.id = redeemed.project_id"));

    private static final String CLOSE =
            "update wizard_handover handover set closed = true where not closed and " + OF_HASH;

    private final Sessions sessions;

    WizardRepository(Sessions sessions) {
        this.sessions = sessions;
    }

    /**
     * Finds the project that a hand-over is approved for.
     *
     * @throws ApiException.NotFound where the hand-over has ended
     * @throws ApiException.BadRequest where nobody has approved the hand-over yet, or the credential that approved it
     *     is no longer valid
     */
    Uni<Long> requireProject(WizardHash hash) {
        return state(hash).map(state -> {
            if (state == null || state == OPEN) {
                throw new ApiException.BadRequest("Nobody has approved this wizard yet.");
            }
            if (state == CLOSED) {
                throw ApiException.NotFound.of("open hash");
            }
            if (state == REVOKED) {
                throw new ApiException.BadRequest("The credential that approved this wizard is no longer valid.");
            }
            return state;
        });
    }

    /**
     * Approves a hand-over for a project.
     *
     * @throws ApiException.NotFound where the hand-over is approved already, or has ended
     * @throws ApiException.TooManyRequests where the project has too many approved hand-overs
     */
    Uni<Void> approve(Caller caller, WizardHash hash, long projectId) {
        String apiKey = Objects.requireNonNullElse(caller.apiKeyHash(), "");
        Map<String, Object> parameters =
                Map.of("hash", hash.digest(), "project", projectId, "actor", caller.name(), "apiKey", apiKey);
        return sessions.change(
                        "wizard_handover.project_id", projectId, () -> SessionStatement.execute(APPROVE, parameters))
                .flatMap(stored -> stored > 0 ? Uni.createFrom().voidItem() : failToApprove(hash));
    }

    private Uni<Void> failToApprove(WizardHash hash) {
        return state(hash).map(state -> {
            if (state != null) {
                throw ApiException.NotFound.of("open hash");
            }
            throw ApiException.TooManyRequests.together(
                    "Too many wizards are approved for this project. Try again in a few minutes.", RETRY_AFTER_SECONDS);
        });
    }

    /**
     * Ends a hand-over and makes its API key, in one statement. Of two simultaneous requests only one gets the key. A
     * hand-over whose approving credential is no longer valid makes no key.
     *
     * @throws ApiException.NotFound where another request ended the hand-over first
     */
    Uni<Void> redeem(WizardHash hash, Secret secret, String scope) {
        String key = HexFormat.of().formatHex(secret.hash());
        Map<String, Object> parameters = Map.of("hash", hash.digest(), "key", key, "scope", scope);
        return sessions.change("wizard_handover", hash.digest(), () -> SessionStatement.execute(REDEEM, parameters))
                .invoke(rows -> ApiException.NotFound.unlessFound(rows, "open hash"))
                .replaceWithVoid();
    }

    /** Ends an approved hand-over. Does nothing where it has ended already. */
    Uni<Void> close(WizardHash hash) {
        return sessions.change(
                        "wizard_handover",
                        hash.digest(),
                        () -> SessionStatement.execute(CLOSE, Map.of("hash", hash.digest())))
                .replaceWithVoid();
    }

    private Uni<@Nullable Long> state(WizardHash hash) {
        return sessions.read("wizard_handover,api_key", () -> Panache.getSession()
                .flatMap(session -> session.createNativeQuery(STATE, Long.class)
                        .setParameter("hash", hash.digest())
                        .getSingleResultOrNull()));
    }
}
