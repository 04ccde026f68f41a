package dev.countersign.credential.operator;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Settings for the operator's token. */
@ConfigMapping(prefix = "countersign")
public interface OperatorTokenConfig {

    /** The token, of at least 32 characters. */
    Optional<String> operatorToken();

    /**
     * A file that holds the token, such as a secret that Kubernetes mounts. The file is read at start, and surrounding
     * white space is removed.
     */
    Optional<Path> operatorTokenFile();
}
