package dev.countersign.declaration.reader;

import dev.countersign.declaration.Declared;
import dev.countersign.declaration.DeclaredApiKey;
import dev.countersign.declaration.DeclaredOrganization;
import dev.countersign.declaration.DeclaredProject;
import dev.countersign.declaration.DeclaredTeam;
import dev.countersign.declaration.document.Document;
import dev.countersign.declaration.document.Fault;
import dev.countersign.declaration.document.Faults;
import dev.countersign.declaration.document.Located;
import dev.countersign.declaration.document.Place;
import dev.countersign.dsn.IngestHosts;
import dev.countersign.organization.OrganizationChange;
import dev.countersign.slug.Slug;
import dev.countersign.team.NewTeam;
import dev.countersign.web.member.RequestFields;
import dev.countersign.web.member.TextRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads all declarations of organizations, with all below them, in the documents of a run. Several documents may name one
 * organization; then each of its lists is the list of all of them, and no member and no object may be declared twice.
 */
public final class DeclarationReader {

    /** The rule for a slug that names a stored object, such as a former slug. */
    static final TextRule STORED_SLUG = TextRule.upTo(Integer.MAX_VALUE).matching(Slug.STORED, Slug.STORED_RULE);

    private static final TextRule NEW_ORGANIZATION =
            TextRule.upTo(Slug.ORGANIZATION.maxLength()).matching(Slug.ORGANIZATION.form(), Slug.ORGANIZATION.rule());
    private static final String VERSION = "countersign";
    private static final String ORGANIZATION = "organization";
    private static final Set<String> NOT_IN_PUT =
            Set.of(VERSION, ORGANIZATION, "formerly", "teams", "projects", "apiKeys");

    private final ObjectReader objects;
    private final ProjectReader projects;
    private final ApiKeyReader apiKeys;
    private final IngestHosts hosts;
    private final Faults faults;
    private final Duplicates duplicates;
    private final Map<String, Parts> organizations = new LinkedHashMap<>();

    private DeclarationReader(IngestHosts hosts, Map<String, String> environment, Faults faults) {
        this.objects = new ObjectReader(faults);
        SecretReader secrets = new SecretReader(environment, faults);
        this.duplicates = new Duplicates(faults);
        this.projects = new ProjectReader(objects, secrets, duplicates, hosts);
        this.apiKeys = new ApiKeyReader(objects, secrets, duplicates);
        this.hosts = hosts;
        this.faults = faults;
    }

    /** Collects what the documents read so far declare of one organization. */
    private static final class Parts {
        private final Map<String, Located> members = new LinkedHashMap<>();
        private final Declared first;
        private List<String> formerly = List.of();
        private @Nullable List<DeclaredTeam> teams;
        private @Nullable List<DeclaredProject> projects;
        private @Nullable List<DeclaredApiKey> apiKeys;

        private Parts(Declared first) {
            this.first = first;
        }
    }

    /**
     * Reads all organizations.
     *
     * @param hosts the ingest hosts that the configuration names
     * @param environment the variables that {@code env:} names
     * @param faults collects everything that is wrong
     */
    public static List<DeclaredOrganization> read(
            List<Document> documents, IngestHosts hosts, Map<String, String> environment, Faults faults) {
        DeclarationReader reader = new DeclarationReader(hosts, environment, faults);
        documents.forEach(reader::add);
        List<DeclaredOrganization> read = new ArrayList<>();
        reader.organizations.forEach((slug, parts) -> read.add(reader.complete(slug, parts)));
        return read;
    }

    private void add(Document document) {
        Located content = document.content();
        if (!objects.requireObject(content) || !isOfThisVersion(content)) {
            return;
        }
        Located named = objects.require(content, ORGANIZATION);
        Fault slugFault = objects.newSlugFault(named, this::readOrganization);
        String slug = objects.text(named, slugFault == null ? NEW_ORGANIZATION : STORED_SLUG);
        if (named == null || slug == null) {
            return;
        }
        Declared declared = objects.declare(content, document.fileName(), ORGANIZATION, NOT_IN_PUT);
        Parts parts = organizations.computeIfAbsent(slug, first -> new Parts(declared.withNewSlugFault(slugFault)));
        if (slugFault == null) {
            parts.members.putIfAbsent("slug", named);
        }
        declared.members().forEach((name, value) -> addMember(slug, parts, name, value));
        Located formerly = content.member("formerly");
        if (formerly != null) {
            duplicates.note("The member formerly", "formerly/" + slug, formerly.place());
            parts.formerly = objects.texts(content, "formerly", STORED_SLUG);
            parts.formerly.forEach(former ->
                    duplicates.note("The former slug " + former, "organization/formerly/" + former, formerly.place()));
        }
        parts.teams = append(parts.teams, teams(document, slug));
        parts.projects = append(parts.projects, projects.read(document, slug));
        parts.apiKeys = append(parts.apiKeys, apiKeys.read(document, slug));
    }

    private void addMember(String slug, Parts parts, String name, Located value) {
        duplicates.note("The member " + name, "member/" + slug + "/" + name, value.place());
        parts.members.put(name, value);
    }

    private boolean isOfThisVersion(Located content) {
        Located version = objects.require(content, VERSION);
        boolean known = version != null && "v1".equals(version.text());
        if (version != null && !known) {
            faults.add(version.place(), "This program reads documents of the version v1.");
        }
        return known;
    }

    private DeclaredOrganization complete(String slug, Parts parts) {
        Declared own =
                new Declared(parts.first.object(), parts.first.file(), parts.members, parts.first.newSlugFault());
        objects.check(own, this::readOrganization);
        return new DeclaredOrganization(own, slug, parts.formerly, parts.teams, parts.projects, parts.apiKeys);
    }

    private void readOrganization(RequestFields fields) {
        OrganizationChange.read(fields, hosts);
    }

    private @Nullable List<DeclaredTeam> teams(Document document, String organization) {
        List<Located> found = objects.objects(document.content(), "teams");
        if (found == null) {
            return null;
        }
        List<DeclaredTeam> teams = new ArrayList<>();
        for (Located object : found) {
            Located named = objects.require(object, "slug");
            Consumer<RequestFields> reader = fields -> NewTeam.readChange("", fields);
            Declared own = objects.declare(object, document.fileName(), "team", Set.of("formerly"))
                    .withNewSlugFault(objects.newSlugFault(named, reader));
            objects.check(own, reader);
            String slug = named == null ? null : named.text();
            if (slug != null) {
                note("team", organization, slug, object.place());
                List<String> formerly = objects.texts(object, "formerly", STORED_SLUG);
                formerly.forEach(former -> note("former team", organization, former, object.place()));
                teams.add(new DeclaredTeam(own, slug, formerly));
            }
        }
        return teams;
    }

    private void note(String kind, String organization, String slug, Place place) {
        duplicates.note("The " + kind + " " + slug, kind + "/" + organization + "/" + slug, place);
    }

    private static <T> @Nullable List<T> append(@Nullable List<T> list, @Nullable List<T> more) {
        if (list == null || more == null) {
            return list == null ? more : list;
        }
        List<T> both = new ArrayList<>(list);
        both.addAll(more);
        return both;
    }
}
