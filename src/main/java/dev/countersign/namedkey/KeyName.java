package dev.countersign.namedkey;

import dev.countersign.projectkey.identity.KeyIdentity;
import dev.countersign.web.error.ApiException;

/** Static helper: reads the name of a client key in a path or in a query, and refuses a name that breaks the rules. */
final class KeyName {

    private KeyName() {}

    /**
     * Reads a decoded name by the rules of the member {@code name}: without surrounding white space, 1 to 64 characters.
     *
     * @throws ApiException.BadRequest if the name breaks a rule, or is a dot segment, which HTTP clients resolve
     */
    static String read(String text) {
        String name = KeyIdentity.REQUIRED_NAME.read("name", text);
        if (name.equals(".") || name.equals("..")) {
            throw new ApiException.BadRequest("name: A path cannot have this name.");
        }
        return name;
    }
}
