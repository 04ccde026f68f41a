package dev.countersign.declaration.reader;

import dev.countersign.declaration.Declared;
import dev.countersign.declaration.DeclaredProject;
import dev.countersign.declaration.DeclaredProject.TeamLink;
import dev.countersign.declaration.document.Document;
import dev.countersign.declaration.document.Located;
import dev.countersign.dsn.IngestHosts;
import dev.countersign.project.setting.ProjectChange;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.member.Member;
import dev.countersign.web.member.RequestFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the declarations of projects in a document, and collects their faults. */
final class ProjectReader {

    /** The greatest id that a project may be given: numbers beyond 2^53 are not exact in JavaScript, and ids grow. */
    private static final long MAX_ID = (1L << 53) - 1_000_000_000L;

    private static final Set<String> NOT_IN_PUT = Set.of("formerly", "id", "teams", "keys");

    private final ObjectReader objects;
    private final KeyReader keys;
    private final Duplicates duplicates;
    private final IngestHosts hosts;

    ProjectReader(ObjectReader objects, SecretReader secrets, Duplicates duplicates, IngestHosts hosts) {
        this.objects = objects;
        this.keys = new KeyReader(objects, secrets, duplicates);
        this.duplicates = duplicates;
        this.hosts = hosts;
    }

    /** The projects of a document, or null where it does not have the list. */
    @Nullable
    List<DeclaredProject> read(Document document, String organization) {
        List<Located> found = objects.objects(document.content(), "projects");
        if (found == null) {
            return null;
        }
        List<DeclaredProject> projects = new ArrayList<>();
        for (Located object : found) {
            Located named = objects.require(object, "slug");
            Consumer<RequestFields> reader = fields -> ProjectChange.read(fields, hosts);
            Declared own = objects.declare(object, document.fileName(), "project", NOT_IN_PUT)
                    .withNewSlugFault(objects.newSlugFault(named, reader));
            objects.check(own, reader);
            String slug = named == null ? null : named.text();
            if (slug != null) {
                String path = organization + "/" + slug;
                duplicates.note("The project " + slug, "project/" + path, object.place());
                List<String> formerly = objects.texts(object, "formerly", DeclarationReader.STORED_SLUG);
                formerly.forEach(former -> duplicates.note(
                        "The former project " + former,
                        "former project/" + organization + "/" + former,
                        object.place()));
                projects.add(new DeclaredProject(
                        own, slug, formerly, id(object), teams(object), keys.read(document, object, path)));
            }
        }
        return projects;
    }

    private @Nullable Long id(Located object) {
        Located at = object.member("id");
        if (at == null) {
            return null;
        }
        var fields = new Declared(at, "", Map.of("id", at)).fields();
        Member<Long> id = fields.integer("id", 1, MAX_ID);
        try {
            fields.check();
        } catch (ApiException refused) {
            objects.faults().add(at, Map.of("id", at), refused);
        }
        if (id.value() != null) {
            duplicates.note("The project id " + id.value(), "project id/" + id.value(), at.place());
        }
        return id.value();
    }

    private @Nullable List<TeamLink> teams(Located object) {
        List<Located> items = objects.items(object, "teams");
        if (items == null) {
            return null;
        }
        List<TeamLink> links = new ArrayList<>();
        for (Located item : items) {
            String team = objects.text(item, DeclarationReader.STORED_SLUG);
            if (team != null) {
                if (links.stream().anyMatch(link -> link.team().equals(team))) {
                    objects.faults().add(item.place(), "The team " + team + " is in this list twice.");
                } else {
                    links.add(new TeamLink(team, item.place()));
                }
            }
        }
        return links;
    }
}
