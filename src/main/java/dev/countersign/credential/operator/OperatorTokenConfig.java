package dev.countersign.credential.operator;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** The credential of the installation's operator. */
@ConfigMapping(prefix = "countersign")
public interface OperatorTokenConfig {

    /** The token itself; at least 32 characters. */
    Optional<String> operatorToken();

    /** A file that holds the token, as Kubernetes mounts a secret; read at start, surrounding white space dropped. */
    Optional<Path> operatorTokenFile();
}
