package dev.countersign.declaration.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.declaration.Declared;
import dev.countersign.declaration.DeclaredKey;
import dev.countersign.declaration.DeclaredOrganization;
import dev.countersign.declaration.DeclaredProject;
import dev.countersign.declaration.DeclaredTeam;
import dev.countersign.declaration.document.Document;
import dev.countersign.declaration.document.DocumentFiles;
import dev.countersign.declaration.document.Fault;
import dev.countersign.declaration.document.Faults;
import dev.countersign.testsupport.FixedIngestHosts;
import dev.countersign.web.member.Member;
import dev.countersign.web.member.TextRule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A declaration has the rules of the API, and all its faults are told with file, line and member. */
class DeclarationReaderTest {

    private static final String TEXT = "cs_" + "A".repeat(43);

    @TempDir
    Path folder;

    @Test
    void documentedExampleIsRead() throws IOException {
        Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(folder.resolve("secrets/api"), "0".repeat(32) + "\n");
        String example = Files.readString(Path.of("src/test/resources/apply-example.yaml"))
                .replace("ingest: inside", "ingest: default");

        DeclaredOrganization acme = read(example).get(0);

        assertThat(acme.slug()).isEqualTo("acme");
        assertThat(acme.formerly()).containsExactly("acme-old");
        assertThat(acme.teamsOrNone()).extracting(DeclaredTeam::slug).containsExactly("core");
        DeclaredProject api = acme.projectsOrNone().get(0);
        assertThat(api.id()).isEqualTo(42);
        assertThat(api.teams()).extracting(DeclaredProject.TeamLink::team).containsExactly("core");
        assertThat(api.keysOrNone()).singleElement().satisfies(key -> {
            assertThat(key.name()).isEqualTo("Default");
            assertThat(key.publicKey()).isEqualTo(Member.of("576eeacf3e560bd7793c8cf666ecdb81"));
            assertThat(key.secretKey()).isEqualTo(Member.of("0".repeat(32)));
        });
        assertThat(acme.apiKeysOrNone())
                .singleElement()
                .satisfies(key -> assertThat(key.secret().reveal()).isEqualTo(TEXT));
    }

    @Test
    void absentListsDifferFromEmptyOnes() throws IOException {
        DeclaredOrganization acme = read("""
                countersign: v1
                organization: acme
                teams: []
                projects: [{slug: api}]
                """).get(0);

        assertThat(acme.teams()).isEmpty();
        assertThat(acme.apiKeys()).isNull();
        assertThat(acme.projectsOrNone().get(0).keys()).isNull();
    }

    /** Each row is a document after its first two lines, the line and member of the fault, and its sentence. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            name: ""                                         | 3: name                           | This field may not be blank.
            nam: a                                           | 3: nam                            | There is no such member.
            ingest: Nowhere                                  | 3: ingest                         | "Nowhere" is not a valid choice.
            teams: {}                                        | 3: teams                          | This is not a list.
            teams: ~                                         | 3: teams                          | This field may not be null.
            teams: [core]                                    | 3: teams[0]                       | This is not an object.
            teams: [{name: Core}]                            | 3: teams[0].slug                  | This field is required.
            teams: [{slug: a b}]                             | 3: teams[0].slug                  | Enter a valid slug consisting of lowercase letters, numbers, underscores or hyphens. It cannot be entirely numeric.
            teams: [{slug: a}, {slug: a}]                    | 3: teams[1]                       | The team a is also declared at FILE:3.
            formerly: [a b]                                  | 3: formerly[0]                    | Enter a slug of at most 200 letters, numbers, underscores or hyphens. It cannot be entirely numeric.
            projects: [{slug: a, keys: [{name: b, useCase: c}]}] | 3: projects[0].keys[0].useCase | "c" is not a valid choice.
            projects: [{slug: a, id: 0}]                     | 3: projects[0].id                 | Ensure this value is greater than or equal to 1.
            projects: [{slug: a, resolveAge: 721}]           | 3: projects[0].resolveAge         | Ensure this value is less than or equal to 720.
            projects: [{slug: a, allowedDomains: [a, 1]}]    | 3: projects[0].allowedDomains[1]  | Not a valid string.
            projects: [{slug: a, teams: [b, b]}]             | 3: projects[0].teams[1]           | The team b is in this list twice.
            projects: [{slug: a, isBookmarked: true}]        | 3: projects[0].isBookmarked       | There is no such member.
            projects: [{slug: a, keys: [{isActive: true}]}]  | 3: projects[0].keys[0]            | A client key needs a name or a public key.
            projects: [{slug: a, keys: [{name: b, rateLimit: {window: 1}}]}] | 3: projects[0].keys[0].rateLimit.count | This field is required.
            projects: [{slug: a, keys: [{name: b, public: ABC}]}] | 3: projects[0].keys[0].public | This value does not match the required pattern.
            projects: [{slug: a, keys: [{name: b, secret: "env:NONE"}]}] | 3: projects[0].keys[0].secret | The environment variable NONE is not set.
            projects: [{slug: a, keys: [{name: b, secret: "file:none"}]}] | 3: projects[0].keys[0].secret | The file none does not exist or is not a regular file.
            projects: [{slug: a, keys: [{name: b}, {name: b}]}] | 3: projects[0].keys[1]         | The client key b is also declared at FILE:3.
            projects: [{slug: a, keys: [{name: b}, {name: b, public: 576eeacf3e560bd7793c8cf666ecdb81}]}] | 3: projects[0].keys[1] | The client key b is also declared at FILE:3.
            projects: [{slug: a, keys: [{name: b, public: 576eeacf3e560bd7793c8cf666ecdb81}, {name: b}]}] | 3: projects[0].keys[1] | The client key b is also declared at FILE:3.
            projects: [{slug: a, keys: [{public: ~}]}]       | 3: projects[0].keys[0]            | A client key needs a name or a public key.
            apiKeys: [{label: a}]                            | 3: apiKeys[0].key                 | This field is required.
            apiKeys: [{label: a, key: cs_a}]                 | 3: apiKeys[0].key                 | The text of an API key is named as env:NAME or file:PATH.
            apiKeys: [{label: a, key: "env:SHORT"}]          | 3: apiKeys[0].key                 | The text of an API key is cs_ and 43 letters, digits, hyphens and underscores.
            apiKeys: [{label: a, key: "env:KEY", scope_list: [a]}] | 3: apiKeys[0].scope_list     | "a" is not a valid choice.
            """)
    void faultsNameFileLineAndMember(String members, String place, String sentence) throws IOException {
        Path file = folder.resolve("acme.yaml");
        Files.writeString(file, "countersign: v1\norganization: acme\n" + members + "\n");

        assertThat(faults())
                .extracting(Fault::toString)
                .containsExactly((file + ":" + place + ": " + sentence).replace("FILE", file.toString()));
    }

    @Test
    void allFaultsOfARunAreTold() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), """
                countersign: v2
                organization: acme
                """);
        Files.writeString(folder.resolve("b.yaml"), """
                countersign: v1
                organization: acme
                name: A
                projects:
                  - slug: api
                    keys:
                      - name: a
                        public: 576eeacf3e560bd7793c8cf666ecdb81
                """);
        Files.writeString(folder.resolve("c.yaml"), """
                countersign: v1
                organization: acme
                name: B
                projects:
                  - slug: api
                  - slug: web
                    keys:
                      - name: a
                        public: 576eeacf3e560bd7793c8cf666ecdb81
                """);

        String b = folder.resolve("b.yaml").toString();
        String c = folder.resolve("c.yaml").toString();
        assertThat(faults())
                .extracting(Fault::toString)
                .containsExactly(
                        folder.resolve("a.yaml") + ":1: countersign: This program reads documents of the version v1.",
                        c + ":3: name: The member name is also declared at " + b + ":3.",
                        c + ":5: projects[0]: The project api is also declared at " + b + ":5.",
                        c + ":8: projects[1].keys[0]: The public key 576eeacf3e560bd7793c8cf666ecdb81 is also declared"
                                + " at " + b + ":7.");
    }

    @Test
    void severalKeysOfANameAreDeclaredByTheirPublicKeys() throws IOException {
        DeclaredOrganization acme = read("""
                countersign: v1
                organization: acme
                projects:
                  - slug: api
                    keys:
                      - {name: app, public: 576eeacf3e560bd7793c8cf666ecdb81}
                      - {name: app, public: 576eeacf3e560bd7793c8cf666ecdb82}
                      - {name: app, public: 576eeacf3e560bd7793c8cf666ecdb83}
                """).get(0);

        assertThat(acme.projectsOrNone().get(0).keysOrNone()).hasSize(3).allSatisfy(key -> assertThat(key.name())
                .isEqualTo("app"));
    }

    /** Hexadecimal digits may look like a number, also like one that no program can hold. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "12345678901234567890123456789012",
                "00000000000000000000000000000000",
                "00000000000000000000000000000001",
                "1e345678901234567890123456789012",
                "1234567890123456789012345678e123",
                "12345678901234567890123456789e12",
                "0e000000000000000000000000000000",
                "1e000000000000000000000000000010",
            })
    void keysThatLookLikeNumbersAreTexts(String half) throws IOException {
        String document = """
                countersign: v1
                organization: acme
                projects: [{slug: a, keys: [{name: %1$s, public: %1$s}]}, {slug: b, keys: [{name: b, secret: %1$s}]}]
                """;

        for (String written : List.of(half, "'" + half + "'", '"' + half + '"')) {
            List<DeclaredProject> projects =
                    read(document.formatted(written)).get(0).projectsOrNone();
            DeclaredKey first = projects.get(0).keysOrNone().get(0);
            assertThat(first.publicKey()).isEqualTo(Member.of(half));
            assertThat(first.title()).isEqualTo(half);
            assertThat(first.own().fields().text("name", TextRule.upTo(64))).isEqualTo(Member.of(half));
            assertThat(projects.get(1).keysOrNone().get(0).secretKey()).isEqualTo(Member.of(half));
        }
    }

    @Test
    void namesThatLookLikeNumbersAreTexts() throws IOException {
        List<DeclaredProject> projects = read("""
                countersign: v1
                organization: acme
                projects:
                  - {slug: a, name: 007, keys: [{name: 1e10}, {name: 1.10}, {name: 0x1F}], resolveAge: 0x10}
                """).get(0).projectsOrNone();

        Declared project = projects.get(0).own();
        assertThat(project.fields().text("name", TextRule.upTo(64))).isEqualTo(Member.of("007"));
        assertThat(project.fields().integer("resolveAge", 0, 720)).isEqualTo(Member.of(16L));
        assertThat(projects.get(0).keysOrNone()).extracting(DeclaredKey::name).containsExactly("1e10", "1.10", "0x1F");
    }

    @Test
    void severalDocumentsMayNameOneOrganization() throws IOException {
        List<DeclaredOrganization> read = read("""
                countersign: v1
                organization: acme
                projects: [{slug: api}]
                ---
                countersign: v1
                organization: acme
                name: Acme
                projects: [{slug: web}]
                """);

        assertThat(read).singleElement().satisfies(acme -> {
            assertThat(acme.own().names()).contains("name");
            assertThat(acme.projectsOrNone()).extracting(DeclaredProject::slug).containsExactly("api", "web");
        });
    }

    @Test
    void noTextOfASecretIsShown() throws IOException {
        assertThat(read("""
                        countersign: v1
                        organization: acme
                        projects: [{slug: api, keys: [{name: a, secret: 00000000000000000000000000000000}]}]
                        apiKeys: [{label: a, key: "env:KEY"}]
                        """).get(0).apiKeysOrNone().toString()).doesNotContain(TEXT);
    }

    private List<DeclaredOrganization> read(String text) throws IOException {
        Files.writeString(folder.resolve("acme.yaml"), text);
        Faults faults = new Faults();
        List<DeclaredOrganization> read = read(faults);
        assertThat(faults.list()).isEmpty();
        return read;
    }

    private List<Fault> faults() {
        Faults faults = new Faults();
        read(faults);
        return faults.list();
    }

    private List<DeclaredOrganization> read(Faults faults) {
        List<Document> documents = DocumentFiles.read(folder.toString(), InputStream.nullInputStream(), faults);
        return DeclarationReader.read(
                documents,
                FixedIngestHosts.at("https://ingest.example.com"),
                Map.of("KEY", TEXT, "SHORT", "cs_", "TERRAFORM_KEY", TEXT),
                faults);
    }
}
