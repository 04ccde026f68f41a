/**
 * The manifests and recipes for Kubernetes. The classes whose names end in {@code IT} call a real API: {@code ./mvnw verify
 * -Pkubernetes} uses the cluster that {@code KUBECONFIG} names, and each class makes a namespace of its own there.
 */
@NullMarked
package dev.countersign.deploy.kubernetes;

import org.jspecify.annotations.NullMarked;
