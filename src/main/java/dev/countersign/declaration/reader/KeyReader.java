package dev.countersign.declaration.reader;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.countersign.declaration.Declared;
import dev.countersign.declaration.DeclaredKey;
import dev.countersign.declaration.document.Document;
import dev.countersign.declaration.document.Located;
import dev.countersign.declaration.syntax.Value;
import dev.countersign.projectkey.ProjectKeyChange;
import dev.countersign.projectkey.identity.KeyIdentity;
import dev.countersign.web.member.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the declarations of client keys in a project of a document, and collects their faults. */
record KeyReader(ObjectReader objects, SecretReader secrets, Duplicates duplicates) {

    private static final Set<String> NOT_IN_PUT = Set.of("public", "secret", KeyIdentity.USE_CASE);

    /** The client keys of a project, or null where the document does not have the list. */
    @Nullable
    List<DeclaredKey> read(Document document, Located project, String path) {
        List<Located> found = objects.objects(project, "keys");
        if (found == null) {
            return null;
        }
        List<DeclaredKey> keys = new ArrayList<>();
        for (Located object : found) {
            Declared own = objects.declare(object, document.fileName(), "key", NOT_IN_PUT);
            objects.check(own, ProjectKeyChange::read);
            Member<String> publicKey = half(document, object, "public");
            Member<String> secretKey = half(document, object, "secret");
            Member<String> useCase = useCase(object);
            String name = objects.checkedText(own.members().get("name"), KeyIdentity.NAME);
            String title = name == null || name.isEmpty() ? null : name;
            boolean hasPublicKey = isDeclared(object, "public");
            if (title == null && !hasPublicKey) {
                objects.faults().add(object.place(), "A client key needs a name or a public key.");
            }
            if (title != null) {
                noteName(object, path + "/" + useCase.or(KeyIdentity.DEFAULT_USE_CASE), title, hasPublicKey);
            }
            publicKey.ifValue(half -> duplicates.note("The public key " + half, "public/" + half, object.place()));
            secretKey.ifValue(half -> duplicates.note("This secret key", "secret/" + half, object.place()));
            keys.add(new DeclaredKey(own, title, publicKey, secretKey, useCase));
        }
        return keys;
    }

    /** Several keys may have one name where each declares its public key; otherwise the name alone identifies one of them. */
    private void noteName(Located object, String path, String name, boolean hasPublicKey) {
        String identity = "key/" + path + "/" + name;
        if (hasPublicKey) {
            duplicates.noteOneOfMany("The client key " + name, identity, object.place());
        } else {
            duplicates.note("The client key " + name, identity, object.place());
        }
    }

    private static boolean isDeclared(Located object, String member) {
        Located at = object.member(member);
        return at != null && !at.isNull();
    }

    private Member<String> useCase(Located object) {
        Located at = object.member(KeyIdentity.USE_CASE);
        if (at == null) {
            return Member.absent();
        }
        Declared alone = new Declared(at, "", Map.of(KeyIdentity.USE_CASE, at));
        Member<String> useCase = KeyIdentity.readUseCase(alone.fields());
        objects.check(alone, KeyIdentity::readUseCase);
        return useCase;
    }

    /** Reads a public or a secret key as it is written, so that digits need no quotes. */
    private Member<String> half(Document document, Located object, String member) {
        Located at = object.member(member);
        if (at == null || !isDeclared(object, member)) {
            return Member.absent();
        }
        String written = at.text();
        String text = written == null ? null : secrets.read(at, document.folder(), written);
        if (written != null && text == null) {
            return Member.absent();
        }
        Located half = text == null
                ? at
                : new Located(at.place(), new Value.Scalar(at.place().line(), TextNode.valueOf(text), text));
        String checked = objects.text(half, KeyIdentity.KEY);
        return checked == null ? Member.absent() : Member.of(checked);
    }
}
