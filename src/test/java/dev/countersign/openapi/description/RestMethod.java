package dev.countersign.openapi.description;

import dev.countersign.web.body.RequestBody;
import dev.countersign.web.contract.Accepts;
import dev.countersign.web.contract.Creates;
import dev.countersign.web.contract.Fails;
import dev.countersign.web.contract.Idempotent;
import dev.countersign.web.contract.Paged;
import dev.countersign.web.contract.Parameter;
import dev.countersign.web.contract.ShowsDsns;
import dev.countersign.web.contract.Unpaged;
import io.quarkus.security.PermissionsAllowed;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** The Java method of an operation, with its signature and its annotations. */
record RestMethod(MethodInfo method, IndexView index) {

    /** All REST methods by the id of their operation. An index of several folders may hold one twice. */
    static Map<String, RestMethod> byOperation(IndexView index) {
        return Stream.of(GET.class, POST.class, PUT.class, DELETE.class)
                .flatMap(verb -> index.getAnnotations(verb).stream())
                .map(verb -> new RestMethod(verb.target().asMethod(), index))
                .collect(Collectors.toMap(RestMethod::operation, Function.identity(), (one, again) -> one));
    }

    private String operation() {
        return method.declaringClass().simpleName() + "_" + method.name();
    }

    /** Checks that the annotations fit the signature. */
    void check(boolean list) {
        boolean body = method.parameterTypes().stream()
                .anyMatch(type -> type.name().toString().equals(RequestBody.class.getName()));
        require(body == (accepts() != null), "@Accepts says which body a Submission has");
        require(
                !list || paged() != null || method.hasDeclaredAnnotation(Unpaged.class),
                "a list is @Paged or @Unpaged");
    }

    private void require(boolean good, String rule) {
        if (!good) {
            throw new IllegalStateException(operation() + ": " + rule);
        }
    }

    /** Whether a request without a credential is answered. */
    boolean isOpen() {
        return method.hasDeclaredAnnotation(PermitAll.class);
    }

    /** Whether not every credential may call it. */
    boolean asksForAPermission() {
        return method.hasDeclaredAnnotation(PermissionsAllowed.class)
                || method.declaringClass().hasDeclaredAnnotation(PermissionsAllowed.class);
    }

    boolean isCreated() {
        AnnotationInstance status = method.declaredAnnotation(ResponseStatus.class);
        return status != null && status.value().asInt() == 201;
    }

    /** Whether a client may repeat it under an {@code Idempotency-Key}. */
    boolean isIdempotent() {
        return method.hasDeclaredAnnotation(Idempotent.class);
    }

    /** Whether it answers 201 beside 200. */
    boolean mayCreate() {
        return method.hasDeclaredAnnotation(Creates.class);
    }

    /** The name of the body's schema; null where it has no body. */
    @Nullable
    String accepts() {
        AnnotationInstance accepts = method.declaredAnnotation(Accepts.class);
        return accepts == null ? null : accepts.value().asString();
    }

    /** The annotation of a page, or null. */
    @Nullable
    AnnotationInstance paged() {
        return method.declaredAnnotation(Paged.class);
    }

    /** The annotation of an answer with DSNs, or null. */
    @Nullable
    AnnotationInstance showsDsns() {
        return method.declaredAnnotation(ShowsDsns.class);
    }

    List<AnnotationInstance> queryParameters() {
        return method.declaredAnnotationsWithRepeatable(DotName.createSimple(Parameter.class), index);
    }

    List<AnnotationInstance> failures() {
        return method.declaredAnnotationsWithRepeatable(DotName.createSimple(Fails.class), index);
    }

    /** A text or a flag of an annotation, or its default. */
    String text(AnnotationInstance annotation, String member) {
        return annotation.valueWithDefault(index, member).asString();
    }

    boolean flag(AnnotationInstance annotation, String member) {
        return annotation.valueWithDefault(index, member).asBoolean();
    }
}
