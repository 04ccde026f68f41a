package dev.countersign.deploy;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;

/**
 * Names and types of {@code Request}, version {@code v1alpha2} of {@code http.m.crossplane.io}, written down from the definition
 * that Crossplane's provider-http publishes. The definition itself is in no package that a build could fetch.
 */
record ProviderHttpRequest(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {

    record Spec(
            ForProvider forProvider,
            List<String> managementPolicies,
            KindAndName providerConfigRef,
            Name writeConnectionSecretToRef) {}

    record ForProvider(
            List<Integer> allowedStatusCodes,
            Check expectedResponseCheck,
            Map<String, List<String>> headers,
            Boolean insecureSkipTLSVerify,
            Check isRemovedCheck,
            List<Mapping> mappings,
            Payload payload,
            List<SecretInjection> secretInjectionConfigs,
            String waitTimeout) {}

    record Check(CheckType type, String logic) {}

    record Mapping(Action action, Method method, String url, String body, Map<String, List<String>> headers) {}

    record Payload(String baseUrl, String body) {}

    record SecretInjection(
            SecretReference secretRef, List<KeyMapping> keyMappings, Metadata metadata, Boolean setOwnerReference) {}

    record SecretReference(String name, String namespace) {}

    record KeyMapping(String secretKey, String responseJQ, MissingField missingFieldStrategy) {}

    record Metadata(Map<String, String> labels, Map<String, String> annotations) {}

    record KindAndName(String kind, String name) {}

    record Name(String name) {}

    enum CheckType {
        DEFAULT,
        CUSTOM
    }

    enum Action {
        CREATE,
        OBSERVE,
        UPDATE,
        REMOVE
    }

    enum Method {
        POST,
        GET,
        PUT,
        DELETE,
        PATCH,
        HEAD,
        OPTIONS
    }

    /** Lower case, as the definition has it. */
    enum MissingField {
        preserve,
        setEmpty,
        delete
    }
}
