package dev.countersign.gate.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.gate.request.Style;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes of the gate, by the raw target. */
class GateRouteTest {

    private static final String GATE = "/api/countersign/v1/gate/";

    @ParameterizedTest
    @CsvSource(textBlock = """
                    original,             ORIGINAL
                    original/,            ORIGINAL
                    original?x=1,         ORIGINAL
                    original/?x=1,        ORIGINAL
                    ingress-nginx,        INGRESS_NGINX
                    forwarded,            FORWARDED
                    forwarded?sentry_key=, FORWARDED
                    path/,                PATH
                    path/api/7/store/,    PATH
                    path//,               PATH
                    """)
    void routeHasAStyle(String route, Style style) {
        assertThat(GateRoute.style(GATE + route)).isEqualTo(style);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/original",
                "/api/0/",
                "/api/countersign/v1/gate",
                GATE,
                GATE + "path",
                GATE + "path?x",
                GATE + "pathx/",
                GATE + "originals",
                GATE + "original//",
                GATE + "original/x",
                GATE + "Original",
                GATE + "orig%69nal",
                GATE + "o",
                "/api/countersign/v1/gate/../gate/original",
                "http://gate" + GATE + "original"
            })
    void otherTargetIsNoRoute(String target) {
        assertThat(GateRoute.style(target)).isNull();
    }

    @Test
    void clientsTargetFollowsThePrefix() {
        assertThat(GateRoute.clientTarget(GATE + "path/api/8/../7/?x=1")).isEqualTo("/api/8/../7/?x=1");
    }
}
