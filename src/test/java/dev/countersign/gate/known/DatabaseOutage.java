package dev.countersign.gate.known;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The ways in which the database of the second service goes away, and comes back. */
enum DatabaseOutage {
    HANGS {
        @Override
        void begin(TwoGates gates) {
            gates.proxy().hang();
        }

        @Override
        void end(TwoGates gates) {
            gates.proxy().resume();
        }
    },
    HANGS_AND_BREAKS {
        @Override
        void begin(TwoGates gates) {
            gates.proxy().hang();
        }

        @Override
        void end(TwoGates gates) throws Exception {
            gates.proxy().dropAll();
            gates.proxy().resume();
        }
    },
    IS_STOPPED {
        @Override
        void begin(TwoGates gates) throws Exception {
            gates.proxy().refuse();
        }

        @Override
        void end(TwoGates gates) throws Exception {
            gates.proxy().accept();
        }
    },
    IS_KILLED {
        @Override
        void begin(TwoGates gates) throws Exception {
            gates.postgres().kill();
        }

        @Override
        void end(TwoGates gates) throws Exception {
            gates.postgres().start();
        }
    },
    IS_FROZEN {
        @Override
        void begin(TwoGates gates) throws Exception {
            gates.postgres().freeze();
        }

        @Override
        void end(TwoGates gates) throws Exception {
            gates.postgres().thaw();
        }
    },
    IS_FULL {
        private final List<Connection> all = new ArrayList<>();

        @Override
        void begin(TwoGates gates) throws Exception {
            gates.proxy().refuse();
            try {
                while (true) {
                    all.add(gates.postgres().connect());
                }
            } catch (SQLException full) {
                gates.proxy().accept();
            }
        }

        @Override
        void end(TwoGates gates) throws Exception {
            for (Connection connection : all) {
                connection.close();
            }
            all.clear();
        }
    };

    abstract void begin(TwoGates gates) throws Exception;

    abstract void end(TwoGates gates) throws Exception;
}
