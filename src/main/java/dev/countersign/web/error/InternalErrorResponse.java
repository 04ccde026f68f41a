package dev.countersign.web.error;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The body of a 500.
 *
 * @param errorId stands in the log too, beside the cause
 */
@RegisterForReflection
public record InternalErrorResponse(String detail, String errorId) {

    private static final Logger LOG = Logger.getLogger(InternalErrorResponse.class);

    /** Logs the cause, of which the body tells nothing. */
    public static InternalErrorResponse of(Throwable cause) {
        String errorId = UUID.randomUUID().toString().replace("-", "");
        LOG.errorf(cause, "Internal error %s", errorId);
        return new InternalErrorResponse("Internal Error", errorId);
    }
}
