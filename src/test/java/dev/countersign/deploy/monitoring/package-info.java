/** The rules for Prometheus and the dashboard for Grafana, compared with the metrics of a running service. */
@NullMarked
package dev.countersign.deploy.monitoring;

import org.jspecify.annotations.NullMarked;
