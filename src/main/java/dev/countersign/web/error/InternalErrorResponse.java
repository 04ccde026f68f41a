package dev.countersign.web.error;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Holds the body of a 500: a random error id, with which {@link #of} also logs the cause.
 *
 * @param errorId a random id, which the log line with the cause also contains
 */
@RegisterForReflection
public record InternalErrorResponse(String detail, String errorId) {

    private static final Logger LOG = Logger.getLogger(InternalErrorResponse.class);

    /** Logs the cause and makes a body that does not reveal the cause. */
    public static InternalErrorResponse of(Throwable cause) {
        String errorId = UUID.randomUUID().toString().replace("-", "");
        LOG.errorf(cause, "Internal error %s", errorId);
        return new InternalErrorResponse("Internal Error", errorId);
    }
}
