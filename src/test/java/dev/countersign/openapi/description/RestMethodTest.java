package dev.countersign.openapi.description;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.web.body.RequestBody;
import dev.countersign.web.contract.Accepts;
import dev.countersign.web.contract.Paged;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jboss.jandex.Index;
import org.junit.jupiter.api.Test;

/** A method with annotations that do not fit its signature is refused. */
class RestMethodTest {

    private final Map<String, RestMethod> methods;

    RestMethodTest() throws IOException {
        this.methods = RestMethod.byOperation(Index.of(Sample.class));
    }

    @Test
    void bodyNeedsAccepts() {
        assertThatCode(() -> check("described", false)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check("undescribed", false)).hasMessageContaining("Sample_undescribed: @Accepts");
        assertThatThrownBy(() -> check("bodiless", false)).hasMessageContaining("Sample_bodiless: @Accepts");
    }

    @Test
    void listNeedsPaged() {
        assertThatCode(() -> check("page", true)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check("list", true)).hasMessageContaining("Sample_list: a list is @Paged or @Unpaged");
    }

    private void check(String method, boolean list) {
        methods.get("Sample_" + method).check(list);
    }

    private interface Sample {

        @POST
        @Accepts("Sample")
        void described(RequestBody body);

        @POST
        void undescribed(RequestBody body);

        @POST
        @Accepts("Sample")
        void bodiless(String id);

        @GET
        @Paged
        List<String> page();

        @GET
        List<String> list();
    }
}
