package dev.countersign.testsupport;

import org.junit.jupiter.api.BeforeEach;

/** A test class whose tests each have their own {@link Tenant}. */
public abstract class WithTenant {

    /** The tenant of the running test. */
    protected Tenant tenant;

    @BeforeEach
    void createTenant() {
        tenant = Tenant.create();
    }
}
