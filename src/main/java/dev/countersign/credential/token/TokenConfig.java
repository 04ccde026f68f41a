package dev.countersign.credential.token;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Configures the operator's token, as a text or as a file. */
@ConfigMapping(prefix = "countersign")
public interface TokenConfig {

    /** The least length of a token, in characters. */
    int MIN_LENGTH = 32;

    /** The operator's token, of at least {@value #MIN_LENGTH} characters. */
    Optional<String> operatorToken();

    /**
     * A file that holds the operator's token, such as a secret that Kubernetes mounts. The file is read at start, and
     * surrounding white space is removed.
     */
    Optional<Path> operatorTokenFile();
}
