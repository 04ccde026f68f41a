package dev.countersign.declaration.reader;

import dev.countersign.apikey.ApiKeyChange;
import dev.countersign.apikey.ApiKeySecret;
import dev.countersign.credential.Secret;
import dev.countersign.declaration.Declared;
import dev.countersign.declaration.DeclaredApiKey;
import dev.countersign.declaration.document.Document;
import dev.countersign.declaration.document.Located;
import dev.countersign.web.member.TextRule;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the declarations of API keys in a document, and collects their faults. The texts of the keys stand elsewhere: in a file
 * or in the environment.
 */
record ApiKeyReader(ObjectReader objects, SecretReader secrets, Duplicates duplicates) {

    private static final Set<String> NOT_IN_PUT = Set.of("key");

    /** The API keys of a document, or null where it does not have the list. */
    @Nullable
    List<DeclaredApiKey> read(Document document, String organization) {
        List<Located> found = objects.objects(document.content(), "apiKeys");
        if (found == null) {
            return null;
        }
        List<DeclaredApiKey> keys = new ArrayList<>();
        for (Located object : found) {
            Located labelled = objects.require(object, "label");
            Declared own = objects.declare(object, document.fileName(), "apiKey", NOT_IN_PUT);
            objects.check(own, ApiKeyChange::read);
            String label = objects.checkedText(labelled, TextRule.upTo(Integer.MAX_VALUE));
            Secret secret = secret(document, object);
            if (label != null && secret != null) {
                duplicates.note("The API key " + label, "api key/" + organization + "/" + label, object.place());
                duplicates.note(
                        "The text of this API key",
                        "api key text/" + HexFormat.of().formatHex(secret.hash()),
                        object.place());
                keys.add(new DeclaredApiKey(own, label, secret));
            }
        }
        return keys;
    }

    private @Nullable Secret secret(Document document, Located object) {
        Located at = objects.require(object, "key");
        if (at == null) {
            return null;
        }
        String reference = at.text();
        if (reference == null || !SecretReader.isReference(reference)) {
            objects.faults().add(at.place(), "The text of an API key is named as env:NAME or file:PATH.");
            return null;
        }
        String text = secrets.read(at, document.folder(), reference);
        if (text == null) {
            return null;
        }
        Secret secret = Secret.of(text);
        if (!ApiKeySecret.isWellFormed(secret)) {
            objects.faults()
                    .add(at.place(), "The text of an API key is cs_ and 43 letters, digits, hyphens and underscores.");
            return null;
        }
        return secret;
    }
}
