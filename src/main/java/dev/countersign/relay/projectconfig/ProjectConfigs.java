package dev.countersign.relay.projectconfig;

import dev.countersign.announcement.AnnouncedCache;
import dev.countersign.announcement.CacheFactory;
import dev.countersign.announcement.ChangeSubject;
import dev.countersign.gate.known.KnownKeys;
import dev.countersign.relay.projectconfig.ConfigBuilder.ProjectPart;
import dev.countersign.relay.projectconfig.RelayKeyRepository.StoredKey;
import dev.countersign.relay.projectconfig.RelayKeyRepository.StoredProject;
import dev.countersign.web.error.ApiException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for project configs. Keeps the revision of each config in memory, and forgets it when PostgreSQL announces a
 * change of the key, the project or the organization, and when the key expires.
 */
@Singleton
public class ProjectConfigs {

    /** Sentry's form of times in project configs. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** More configs are built on a worker thread: 500, for which a relay asks at once, take 20 ms. */
    private static final int MAX_ON_EVENT_LOOP = 100;

    private final RelayKeyRepository repository;
    private final ConfigBuilder builder;
    private final KeysUnderWay underWay;
    private final AnnouncedCache<String, KnownRevision> revisions;

    ProjectConfigs(RelayKeyRepository repository, ConfigBuilder builder, KeysUnderWay underWay, CacheFactory caches) {
        this.repository = repository;
        this.builder = builder;
        this.underWay = underWay;
        this.revisions = caches.create(known -> List.of(
                ChangeSubject.clientKey(known.keyId),
                ChangeSubject.project(known.projectId),
                ChangeSubject.organization(known.organizationId)));
    }

    /**
     * The configs of the keys of a request, without those of which the relay has the current revision.
     *
     * @throws ApiException.Unavailable if too many keys are under way, or a plain answer would be too large
     */
    public Uni<ProjectConfigsResponse> find(ProjectConfigRequest request) {
        long now = System.nanoTime();
        List<String> unchanged = new ArrayList<>();
        List<String> wanted = new ArrayList<>();
        Set<String> wellFormed = new HashSet<>();
        request.revisions().forEach((key, revision) -> {
            if (revision.isPresent() && isCurrent(key, revision.get(), now)) {
                unchanged.add(key);
            } else {
                wanted.add(key);
                if (KnownKeys.isWellFormed(key)) {
                    wellFormed.add(key);
                }
            }
        });
        if (wellFormed.isEmpty()) {
            return Uni.createFrom().item(answer(request, wanted, new FoundConfigs(), unchanged));
        }
        return underWay.count(
                wellFormed.size(), () -> read(wellFormed, now).map(found -> answer(request, wanted, found, unchanged)));
    }

    private boolean isCurrent(String key, String revision, long now) {
        KnownRevision known = revisions.current(key);
        return known != null && known.revision.equals(revision) && (known.endNanos == null || now - known.endNanos < 0);
    }

    /** Reads the configs of active keys and keeps their revisions, with two statements. */
    private Uni<FoundConfigs> read(Set<String> keys, long now) {
        FoundConfigs found = new FoundConfigs();
        return revisions
                .read(KnownRevision::publicKey, () -> repository.findKeys(keys).flatMap(stored -> {
                    Set<Long> projects = new HashSet<>();
                    stored.values().stream().filter(StoredKey::active).forEach(key -> projects.add(key.projectId()));
                    return projects.isEmpty()
                            ? Uni.createFrom().item(List.<KnownRevision>of())
                            : onWorkerIfMany(keys.size(), repository.findProjects(projects))
                                    .map(read -> build(stored, read, now, found));
                }))
                .replaceWith(found);
    }

    private static <T> Uni<T> onWorkerIfMany(int number, Uni<T> read) {
        return number > MAX_ON_EVENT_LOOP ? read.emitOn(Infrastructure.getDefaultExecutor()) : read;
    }

    private List<KnownRevision> build(
            Map<String, StoredKey> keys, Map<Long, StoredProject> projects, long now, FoundConfigs found) {
        String time = TIME.format(Instant.now());
        Map<Long, ProjectPart> parts = new HashMap<>();
        projects.forEach((id, project) -> parts.put(id, builder.project(project)));
        List<KnownRevision> known = new ArrayList<>();
        for (StoredKey key : found.chooseFrom(keys.values(), projects)) {
            ProjectPart part = parts.get(key.projectId());
            if (part != null) {
                ProjectConfigResponse config = builder.build(key, part, time);
                found.configs().put(key.publicKey(), config);
                known.add(KnownRevision.of(key, String.valueOf(config.rev()), now));
            }
        }
        return known;
    }

    private static ProjectConfigsResponse answer(
            ProjectConfigRequest request, List<String> wanted, FoundConfigs found, List<String> unchanged) {
        if (request.plain() && !found.pending().isEmpty()) {
            throw new ApiException.Unavailable();
        }
        Map<String, ProjectConfigResponse> configs = new LinkedHashMap<>();
        for (String key : wanted) {
            ProjectConfigResponse config = found.configs().getOrDefault(key, ProjectConfigResponse.DISABLED);
            Optional<String> revision = request.revisions().get(key);
            if (revision != null && revision.isPresent() && revision.get().equals(config.rev())) {
                unchanged.add(key);
            } else if (!found.pending().contains(key)) {
                configs.put(key, config);
            }
        }
        return new ProjectConfigsResponse(
                request.global() ? Map.of() : null,
                request.global() ? "ready" : null,
                configs,
                request.plain() ? null : found.pending(),
                unchanged.isEmpty() ? null : unchanged);
    }

    /**
     * Holds the revision of a config in memory, with the rows that the config comes from.
     *
     * @param endNanos when the key expires, by {@link System#nanoTime}; null if it never does
     */
    private record KnownRevision(
            String publicKey,
            String revision,
            long keyId,
            long projectId,
            long organizationId,
            @Nullable Long endNanos) {

        /** @param asked when the database was asked: a key expires early in memory, never late */
        static KnownRevision of(StoredKey key, String revision, long asked) {
            Long left = key.millisLeft();
            return new KnownRevision(
                    key.publicKey(),
                    revision,
                    key.id(),
                    key.projectId(),
                    key.organizationId(),
                    left == null ? null : asked + TimeUnit.MILLISECONDS.toNanos(left));
        }
    }
}
