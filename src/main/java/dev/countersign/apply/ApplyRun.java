package dev.countersign.apply;

import dev.countersign.apply.compare.OrganizationPlanner;
import dev.countersign.apply.plan.ApplyPolicy;
import dev.countersign.apply.plan.Plan;
import dev.countersign.apply.plan.Step;
import dev.countersign.apply.store.ConflictRepository;
import dev.countersign.apply.store.PlanRepository;
import dev.countersign.apply.store.StoredOrganizationRepository;
import dev.countersign.declaration.DeclaredOrganization;
import dev.countersign.declaration.document.Fault;
import dev.countersign.declaration.document.Faults;
import dev.countersign.dsn.IngestHosts;
import dev.countersign.postgres.batch.BatchConnection;
import dev.countersign.postgres.batch.IdSequence;
import dev.countersign.ratelimit.DefaultRateLimits;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Applies documents in one run: makes the stored organizations what the documents declare. First plans and checks all
 * organizations, then writes each in one transaction. A plan is made again under the locks of its rows, so that it rests on
 * what is stored then.
 */
final class ApplyRun {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final int ALIVE_SECONDS = 5;

    private final Connection connection;
    private final BatchConnection database;
    private final IngestHosts hosts;
    private final DefaultRateLimits defaults;
    private final ApplyPolicy policy;
    private final Consumer<Step> steps;

    /**
     * Prepares a run.
     *
     * @param connection commits each statement; is used until the run ends
     * @param steps is told each step once it is committed, or planned in a dry run
     */
    ApplyRun(
            Connection connection,
            IngestHosts hosts,
            DefaultRateLimits defaults,
            ApplyPolicy policy,
            Consumer<Step> steps) {
        this.connection = connection;
        this.database = new BatchConnection(connection);
        this.hosts = hosts;
        this.defaults = defaults;
        this.policy = policy;
        this.steps = steps;
    }

    /**
     * Applies declarations.
     *
     * @param dryRun whether only to plan
     * @param faults collects what stored rows refuse; then nothing is written
     * @return what is left as it is although a document says otherwise
     * @throws OvertakenException if another writer was faster; the organizations before are written
     */
    List<Fault> apply(List<DeclaredOrganization> declared, boolean dryRun, Faults faults)
            throws SQLException, OvertakenException {
        Set<String> slugs = declared.stream().map(DeclaredOrganization::slug).collect(Collectors.toSet());
        var stored = new StoredOrganizationRepository(database, policy, slugs);
        List<Plan> plans = planAll(declared, stored, faults);
        if (!faults.isEmpty()) {
            return List.of();
        }
        List<Fault> warnings =
                plans.stream().flatMap(plan -> plan.warnings.stream()).toList();
        for (int i = 0; i < plans.size(); i++) {
            Plan plan = plans.get(i);
            if (!dryRun && !plan.isEmpty()) {
                plan = write(declared.get(i), plan, stored);
            }
            plan.steps.forEach(steps);
        }
        return warnings;
    }

    /** Plans all organizations on one snapshot, so that a run at the same time is seen whole or not at all. */
    private List<Plan> planAll(List<DeclaredOrganization> declared, StoredOrganizationRepository stored, Faults faults)
            throws SQLException {
        int isolation = connection.getTransactionIsolation();
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        try {
            List<Plan> plans = new ArrayList<>();
            for (DeclaredOrganization organization : declared) {
                plans.add(plan(organization, stored, faults));
            }
            return plans;
        } finally {
            if (endTransaction()) {
                connection.setTransactionIsolation(isolation);
            }
        }
    }

    private Plan plan(DeclaredOrganization organization, StoredOrganizationRepository stored, Faults faults)
            throws SQLException {
        Plan plan =
                new OrganizationPlanner(policy, hosts, defaults, faults).plan(organization, stored.load(organization));
        new ConflictRepository(database, faults).check(plan);
        return plan;
    }

    /** Plans an organization again under locks, and writes it in one transaction. */
    private Plan write(DeclaredOrganization organization, Plan first, StoredOrganizationRepository stored)
            throws SQLException, OvertakenException {
        PlanRepository writer = new PlanRepository(database, policy.owner());
        long greatest = first.greatestDeclaredId();
        if (greatest > 0) {
            IdSequence.movePast(connection, "project", greatest);
        }
        connection.setAutoCommit(false);
        boolean commits = false;
        try {
            writer.lockOrganization(organization.slug());
            Faults faults = new Faults();
            Set<String> locked = new HashSet<>();
            Plan plan = plan(organization, stored, faults);
            while (faults.isEmpty() && writer.lock(plan, locked)) {
                plan = plan(organization, stored, faults);
            }
            if (!faults.isEmpty()) {
                throw new OvertakenException(organization.slug(), faults.list().get(0) + "");
            }
            writer.write(plan);
            commits = true;
            connection.commit();
            return plan;
        } catch (SQLException e) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw new OvertakenException(organization.slug(), "another row has a slug or a key of it.");
            }
            String state = commits ? " may be written or not, as the answer was lost: " : " is left as it was: ";
            throw new SQLException(
                    "The organization " + organization.slug() + state + e.getMessage(), e.getSQLState(), e);
        } finally {
            endTransaction();
        }
    }

    /**
     * Ends the transaction; one that is not committed changes nothing.
     *
     * @return whether the connection is still open; otherwise the database has ended the transaction
     */
    private boolean endTransaction() throws SQLException {
        boolean open = connection.isValid(ALIVE_SECONDS);
        if (open) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        return open;
    }
}
