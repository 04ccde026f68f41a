package dev.countersign.usage.stats;

import static dev.countersign.credential.CallerProvider.AUTHENTICATED;

import dev.countersign.credential.Caller;
import dev.countersign.credential.Scope;
import dev.countersign.project.store.ProjectRepository;
import dev.countersign.projectkey.store.ProjectKeyRepository;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.web.contract.Fails;
import dev.countersign.web.contract.Parameter;
import dev.countersign.web.contract.Unpaged;
import dev.countersign.web.paging.QueryParameters;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;

/** Serves the REST endpoint that shows how many events came with a client key, by hour or by day. */
@Path("/api/0")
@Produces(MediaType.APPLICATION_JSON)
public class KeyStatsResource {

    private static final String NUMBER = "^[0-9]{1,10}(\\.[0-9]{1,6})?$";

    private final ProjectRepository projects;
    private final ProjectKeyRepository keys;
    private final StatsRepository stats;

    KeyStatsResource(ProjectRepository projects, ProjectKeyRepository keys, StatsRepository stats) {
        this.projects = projects;
        this.keys = keys;
        this.stats = stats;
    }

    @GET
    @Path("projects/{organization}/{project}/keys/{key}/stats")
    @PermissionsAllowed(Scope.PROJECT_READ)
    @Unpaged
    @Parameter(name = "since", means = "The first second, since 1970; absent: a day before until.", pattern = NUMBER)
    @Parameter(name = "until", means = "The last second, since 1970; absent: now.", pattern = NUMBER)
    @Parameter(
            name = "resolution",
            means = "1h or 1d, in any unit, such as 60m; absent: 1d.",
            pattern = "^(1h|60m|3600s|1d|24h)$")
    @Fails(400)
    public Uni<List<StatsBucket>> stats(
            @HeaderParam(AUTHENTICATED) Caller caller,
            IdOrSlug organization,
            IdOrSlug project,
            String key,
            UriInfo uri) {
        return projects.require(caller, organization, project)
                .flatMap(found -> keys.require(caller, found.id(), key))
                .flatMap(found ->
                        stats.find(found.requireId(), StatsRequest.read(QueryParameters.of(uri), Instant.now())));
    }
}
