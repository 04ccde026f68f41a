package dev.countersign.web.filter;

import dev.countersign.web.answer.AnswerEnd;
import dev.countersign.web.answer.ApiHeaders;
import dev.countersign.web.answer.ErrorAnswer;
import dev.countersign.web.answer.Refusal;
import dev.countersign.web.body.RequestBodyReader;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.error.ExceptionMappers;
import dev.countersign.web.route.RouteName;
import dev.countersign.web.route.Routes;
import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.util.RuntimeResourceVisitor;

/**
 * Sets the headers of Sentry's API on each answer, and itself answers OPTIONS, unknown paths (404), wrong methods (405) and
 * bodies that are too large or compressed. These answers need no credential.
 */
@Singleton
public class ApiFilter {

    /** The path of all APIs. The 404 of a version that does not exist has the headers of the API too. */
    private static final String ALL_APIS = "/api";

    private final Routes routes;

    ApiFilter(Routes routes) {
        this.routes = routes;
    }

    /** Reads the routes from Quarkus REST, so that the service has no second list of routes. */
    void readRoutes(@Observes StartupEvent started) {
        var deployment = ResteasyReactiveRecorder.getCurrentDeployment();
        RuntimeResourceVisitor.visitRuntimeResources("", deployment.getClassMappers(), new RuntimeResourceVisitor() {
            @Override
            public void visitRuntimeResource(String method, String path, RuntimeResource resource) {
                routes.add(method, path);
            }
        });
    }

    /** Answers the request, unless a resource does. Returns whether the request passes this filter. */
    boolean passes(RoutingContext context) {
        String path = context.normalizedPath();
        String prefix = Routes.prefix(path);
        if (prefix != null) {
            return passesApi(context, prefix, path);
        }
        if (Routes.isBelow(ALL_APIS, path)) {
            ApiHeaders.put(context.response().headers(), null);
        } else {
            ApiHeaders.putOutsideApi(context.response().headers());
        }
        return true;
    }

    private boolean passesApi(RoutingContext context, String prefix, String path) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        // A path with ';' has no route. Otherwise Jakarta REST would silently cut the text after ';' off a segment.
        Routes.Route route = path.indexOf(';') < 0 ? routes.find(path) : null;
        ApiHeaders.put(response.headers(), route);
        RouteName.put(route == null ? prefix : route.template());
        String method = request.method().name();
        if (route == null) {
            response.putHeader(ApiException.EXPLANATION_HEADER, ExceptionMappers.NO_ROUTE);
            ErrorAnswer.end(response, 404, Refusal.NOT_FOUND.detail());
        } else if (method.equals("OPTIONS")) {
            response.putHeader("Access-Control-Max-Age", "3600").end();
        } else if (!route.methods().contains(method)) {
            ErrorAnswer.end(response, 405, "Method \"" + method + "\" not allowed.");
        } else if (length(request) > RequestBodyReader.MAX_BYTES) {
            AnswerEnd.closeAfterAnswer(context);
            ErrorAnswer.end(response, 413, BodyFilter.TOO_LARGE.detail());
        } else if (isEncoded(request)) {
            ErrorAnswer.end(
                    response,
                    415,
                    "Unsupported content encoding \""
                            + String.join(", ", request.headers().getAll(HttpHeaders.CONTENT_ENCODING))
                            + "\" in request. Send the body as it is.");
        } else {
            if (method.equals("GET") || method.equals("HEAD")) {
                // These methods read no body. Quarkus REST parses the type all the same where two methods answer one
                // path, and
                // fails with 500 if the type is malformed.
                request.headers().remove(HttpHeaders.CONTENT_TYPE);
            }
            return true;
        }
        return false;
    }

    private static boolean isEncoded(HttpServerRequest request) {
        return hasBody(request)
                && !request.headers().getAll(HttpHeaders.CONTENT_ENCODING).stream()
                        .allMatch(encoding -> encoding.isBlank() || encoding.equalsIgnoreCase("identity"));
    }

    private static boolean hasBody(HttpServerRequest request) {
        return length(request) > 0 || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    private static long length(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
