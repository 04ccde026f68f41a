package dev.countersign.web.server;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * Leaves HTTP/2 out where a connection is not encrypted: nothing asks for it there, and {@code Upgrade: h2c} leads past
 * an ingress that lets through some paths only. Over TLS it stays on, with limits from application.properties.
 */
@Singleton
public class NoClearTextHttp2 implements HttpServerOptionsCustomizer {

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
    }

    @Override
    public void customizeDomainSocketServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
    }
}
