/**
 * The recipes for Kubernetes on a real API: {@code ./mvnw verify -Pkubernetes} uses the cluster that {@code KUBECONFIG} names.
 * Each test class has a namespace of its own there.
 */
@NullMarked
package dev.countersign.deploy.kubernetes;

import org.jspecify.annotations.NullMarked;
