package dev.countersign.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.postgres.OwnPostgres;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What V8 makes of the approvals of wizards that an earlier version stored, or stores meanwhile. */
class WizardApproverTest {

    private static final int VERSION = 8;

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @Test
    void approvalsKeepTheirApprover() throws IOException, SQLException {
        POSTGRES.migrateBefore(VERSION);
        POSTGRES.execute("""
                insert into organization (id, slug, name, date_added, changed_by) values (1, 'acme', 'Acme', now(), 'operator');
                insert into project (id, organization_id, slug, name, date_added, changed_by)
                    values (1, 1, 'pump', 'Pump', now(), 'operator');
                insert into api_key (id, organization_id, label, key_hash, scopes, active, date_added, changed_by)
                    values (1, 1, 'ci', '\\xaa', 'org:admin', true, now(), 'operator')
                """);
        approve("\\x01", "operator");
        approve("\\x02", "api-key:1");
        approve("\\x03", "api-key:7");

        POSTGRES.migrateTo(VERSION);
        approve("\\x04", "operator");

        assertThat(POSTGRES.texts(
                        "select coalesce(approver_key_hash::text, 'nobody') from wizard_handover order by hash"))
                .as("the operator; the key that is there; a key that is gone; an earlier version's approval: no key")
                .containsExactly("nobody", "\\xaa", "\\x", "\\x");
    }

    private static void approve(String hash, String approver) throws SQLException {
        POSTGRES.execute("""
                insert into wizard_handover (hash, project_id, approved_by, date_expires)
                values ('%s', 1, '%s', now() + interval '10 minutes')""".formatted(hash, approver));
    }
}
