package dev.countersign.testsupport;

import org.junit.jupiter.api.BeforeEach;

/** A test class of which each test has a {@link Tenant} of its own. */
public abstract class WithTenant {

    /** The tenant of the running test. */
    protected Tenant tenant;

    @BeforeEach
    void createTenant() {
        tenant = Tenant.create();
    }
}
