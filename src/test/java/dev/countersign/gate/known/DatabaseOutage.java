package dev.countersign.gate.known;

import dev.countersign.testsupport.postgres.TakenConnections;
import org.jspecify.annotations.Nullable;

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
        private @Nullable TakenConnections all;

        @Override
        void begin(TwoGates gates) throws Exception {
            gates.proxy().refuse();
            all = TakenConnections.take(gates.postgres()::connect);
            gates.proxy().accept();
        }

        @Override
        void end(TwoGates gates) throws Exception {
            if (all != null) {
                all.close();
            }
        }
    };

    abstract void begin(TwoGates gates) throws Exception;

    abstract void end(TwoGates gates) throws Exception;
}
