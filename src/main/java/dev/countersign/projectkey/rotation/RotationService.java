package dev.countersign.projectkey.rotation;

import dev.countersign.credential.Caller;
import dev.countersign.idempotency.Once;
import dev.countersign.projectkey.ProjectKeyService;
import dev.countersign.projectkey.store.ProjectKey;
import dev.countersign.web.error.ApiException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Replaces a client key by a new one, or throws the answer that says why that is not possible: the key is not active, was
 * replaced before, or does not exist.
 */
@ApplicationScoped
public class RotationService {

    private final RotationRepository rotations;
    private final ProjectKeyService keys;

    RotationService(RotationRepository rotations, ProjectKeyService keys) {
        this.rotations = rotations;
        this.keys = keys;
    }

    /**
     * Replaces a key by a new one with the same name, rate limit, loader options and use case.
     *
     * @return the new key
     * @throws ApiException.Conflict where the old key is switched off, has expired or was replaced before
     * @throws ApiException.Invalid where the new key would end in the past, or in more than a hundred years
     * @throws ApiException.NotFound where the old key was removed in the meantime
     */
    Uni<ProjectKey> rotate(Caller caller, ProjectKey old, RotationRequest request, Once once) {
        return keys.requireEndAhead(request.end())
                .flatMap(any -> ProjectKeyService.repeat(
                        () -> once.run(() -> replace(caller, old, request), ProjectKey::requireId)
                                .map(Optional::of)
                                .onFailure(NotReplacedException.class)
                                .recoverWithUni(() -> keys.require(caller, old.projectId, old.publicKey)
                                        .invoke(RotationService::refuse)
                                        .replaceWith(Optional.empty()))));
    }

    /** Fails where no row was changed, so that nothing is recorded under an {@code Idempotency-Key}. */
    private Uni<ProjectKey> replace(Caller caller, ProjectKey old, RotationRequest request) {
        return rotations
                .rotate(
                        caller,
                        old,
                        request.overlap().toSeconds(),
                        request.end().dateExpires().value())
                .map(successor -> successor.orElseThrow(NotReplacedException::new));
    }

    /** Refuses a key that cannot be rotated. Does nothing where another request has made the key active again. */
    private static void refuse(ProjectKey key) {
        String detail = key.replacedBy() != null
                ? "The client key was replaced already."
                : !key.isSwitchedOn()
                        ? "The client key is inactive."
                        : key.isExpired() ? "The client key has expired." : "";
        if (!detail.isEmpty()) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("detail", detail);
            if (key.replacedBy() != null) {
                body.put("replacedBy", key.replacedBy());
            }
            throw new ApiException.Conflict(body);
        }
    }

    /** Ends an attempt to rotate a key that is not active, was replaced, or is gone. */
    private static final class NotReplacedException extends RuntimeException {
        NotReplacedException() {
            super("the key was not replaced", null, false, false);
        }
    }
}
