package dev.countersign.health;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures the JVM: its memory, threads, classes and garbage collections. Micrometer's own metrics of collections have the JVM
 * describe each collection to a listener, which takes as long as a small collection. The metrics here read the totals that the
 * JVM counts anyway, when somebody asks for them.
 */
class JvmMetrics {

    private static final List<MeterBinder> PARTS = List.of(
            new ClassLoaderMetrics(),
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            JvmMetrics::bindVersion,
            JvmMetrics::bindCollections);

    @Produces
    @Singleton
    MeterBinder metrics() {
        return registry -> PARTS.forEach(part -> part.bindTo(registry));
    }

    /** The counter of Quarkus that {@code /q/metrics} shows as {@code jvm_info_total}. */
    private static void bindVersion(MeterRegistry registry) {
        Counter.builder("jvm.info")
                .description("JVM version info")
                .tag("version", System.getProperty("java.runtime.version", ""))
                .tag("vendor", System.getProperty("java.vm.vendor", ""))
                .tag("runtime", System.getProperty("java.runtime.name", ""))
                .register(registry)
                .increment();
    }

    private static void bindCollections(MeterRegistry registry) {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            FunctionTimer.builder(
                            "jvm.gc.pause",
                            collector,
                            GarbageCollectorMXBean::getCollectionCount,
                            GarbageCollectorMXBean::getCollectionTime,
                            TimeUnit.MILLISECONDS)
                    .description("Time spent in garbage collections")
                    .tag("gc", collector.getName())
                    .register(registry);
        }
    }
}
