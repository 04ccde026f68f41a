package dev.countersign.namedkey;

import dev.countersign.credential.Caller;
import dev.countersign.project.store.ProjectReference;
import dev.countersign.projectkey.ProjectKeyService;
import dev.countersign.projectkey.store.ProjectKey;
import dev.countersign.sqlstate.DatabaseFault;
import dev.countersign.web.error.ApiException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds, makes, changes and removes the client key of a project by its name. Each request first reads the keys of the
 * name with one statement. A request that finds all as it shall be ends there.
 */
@ApplicationScoped
public class NamedKeyService {

    private static final int MAX_IDS = 100;

    private final NamedKeyRepository keys;
    private final ProjectKeyService changes;

    NamedKeyService(NamedKeyRepository keys, ProjectKeyService changes) {
        this.keys = keys;
        this.changes = changes;
    }

    /**
     * Finds the active key of a name.
     *
     * @throws ApiException.NotFound where there is none
     * @throws ApiException.Conflict where there are several
     */
    Uni<ProjectKey> require(long projectId, String name) {
        return keys.find(projectId, name)
                .map(found -> single(name, active(found)).orElseThrow(NamedKeyService::notFound));
    }

    /**
     * Finds the active key that a reference names.
     *
     * @throws ApiException.NotFound where there is none
     * @throws ApiException.Conflict where several have the name
     */
    Uni<ProjectKey> require(long projectId, KeyReference reference) {
        return reference.name() != null
                ? require(projectId, reference.name())
                : keys.findOldestActive(projectId).map(found -> found.orElseThrow(NamedKeyService::notFound));
    }

    /**
     * Makes the key of a name what a request asks for: creates or changes it. A request that asks for nothing new writes
     * nothing.
     *
     * @throws ApiException.Conflict where several keys are active, or where no key is and the request does not set that
     * @throws ApiException.Invalid where the end that the request sets does not lie ahead, or it switches on a key that has expired
     */
    Uni<Put> put(Caller caller, ProjectReference project, NamedKeyRequest request) {
        return ProjectKeyService.repeat(() -> keys.find(project.id(), request.name())
                        .flatMap(found -> found.isEmpty()
                                ? create(caller, project, request)
                                : change(caller, choose(request, found), request)))
                .onFailure(DatabaseFault::isRowRemoved)
                .transform(removed -> new ApiException.NotFound("Project not found"));
    }

    /**
     * Removes the key of a name, active or not, and the keys that it replaced.
     *
     * @throws ApiException.NotFound where there is none
     * @throws ApiException.Conflict where there are several
     */
    Uni<Void> remove(Caller caller, long projectId, String name) {
        return ProjectKeyService.repeat(() -> keys.find(projectId, name)
                        .map(found -> single(name, found).orElseThrow(NamedKeyService::notFound))
                        .flatMap(key -> keys.remove(caller, key))
                        .map(removed -> removed ? Optional.of(true) : Optional.<Boolean>empty()))
                .replaceWithVoid();
    }

    private Uni<Optional<Put>> create(Caller caller, ProjectReference project, NamedKeyRequest request) {
        return changes.requireEndAhead(request.change())
                .flatMap(any -> keys.add(caller, project.id(), request.name(), () -> request.create(caller, project)))
                .map(added -> added.map(key -> new Put(key, true)));
    }

    private Uni<Optional<Put>> change(Caller caller, ProjectKey key, NamedKeyRequest request) {
        request.requireKeysOf(key);
        return changes.change(caller, key, request.change())
                .map(changed -> changed.map(stored -> new Put(stored, false)));
    }

    /** Chooses the key that a request to make a key concerns: the active key, or the newest where none is active. */
    private static ProjectKey choose(NamedKeyRequest request, List<ProjectKey> found) {
        Optional<ProjectKey> active = single(request.name(), active(found));
        if (active.isEmpty() && !request.change().setsActivity()) {
            throw conflict("The client key called " + request.name() + " is inactive.", found);
        }
        return active.orElse(found.get(0));
    }

    private static Optional<ProjectKey> single(String name, List<ProjectKey> found) {
        if (found.size() > 1) {
            String number = found.size() > MAX_IDS ? "More than " + MAX_IDS : String.valueOf(found.size());
            throw conflict(number + " client keys are called " + name, found);
        }
        return found.stream().findFirst();
    }

    private static List<ProjectKey> active(List<ProjectKey> found) {
        return found.stream().filter(ProjectKey::isActive).toList();
    }

    private static ApiException conflict(String detail, List<ProjectKey> found) {
        List<String> ids =
                found.stream().limit(MAX_IDS).map(key -> key.publicKey).toList();
        return new ApiException.Conflict(Map.of("detail", detail, "ids", ids));
    }

    private static ApiException notFound() {
        return new ApiException.NotFound("Client key not found");
    }

    /**
     * Holds a key after a request to make the key, and whether the request created it.
     *
     * @param created whether the request has created the key
     */
    record Put(ProjectKey key, boolean created) {}
}
