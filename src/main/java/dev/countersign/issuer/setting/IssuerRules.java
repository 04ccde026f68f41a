package dev.countersign.issuer.setting;

import dev.countersign.credential.Scope;
import dev.countersign.settings.SettingRules;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Static helper: checks the values of the settings of issuers. Each rule answers the fault, or null for a good value. */
final class IssuerRules {

    private static final int MAX_LENGTH = 1024;
    private static final int IPV4_LOOPBACK = 127;
    private static final String BROKEN_ESCAPE = "(?s).*~(?![01]).*";

    /** An organization's slug in which names of claims stand between braces. */
    private static final Pattern ORGANIZATION = Pattern.compile("(?:[a-zA-Z0-9_-]|\\{[^{}\\p{Cntrl}]{1,256}})+");

    private IssuerRules() {}

    /** A text without white space, such as an issuer or an audience. */
    static @Nullable String name(String value) {
        return value.length() > MAX_LENGTH
                ? "is longer than " + MAX_LENGTH + " characters"
                : SettingRules.hasWhiteSpace(value) ? "holds white space" : null;
    }

    /** The URL of keys: https, or http to this machine. */
    static @Nullable String url(String value) {
        try {
            URI url = new URI(value);
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            if (url.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
                return "is not a URL that begins with https://";
            }
            if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
                return "has a user or a fragment";
            }
            return scheme.equals("http") && !isLoopback(url.getHost())
                    ? "is not https, which every host but this machine needs"
                    : null;
        } catch (URISyntaxException e) {
            return "is not a URL";
        }
    }

    /** A regular file, which can be read again and again; a pipe cannot, and may never end. */
    static @Nullable String file(String value) {
        String fault = SettingRules.file(value);
        return fault == null && !Files.isRegularFile(Path.of(value)) ? "is no regular file" : fault;
    }

    /** A file with at least one certificate in PEM form. */
    static @Nullable String certificates(String value) {
        String fault = file(value);
        if (fault != null) {
            return fault;
        }
        try (var in = Files.newInputStream(Path.of(value))) {
            return CertificateFactory.getInstance("X.509")
                            .generateCertificates(in)
                            .isEmpty()
                    ? "holds no certificate in PEM form"
                    : null;
        } catch (IOException | CertificateException e) {
            return "holds no certificate in PEM form";
        }
    }

    /** The name of a claim, or a JSON Pointer if it begins with a slash. */
    static @Nullable String claim(String value) {
        String fault = literal(value);
        return fault == null && value.startsWith("/") && value.matches(BROKEN_ESCAPE)
                ? "is no JSON Pointer: ~ begins no escape"
                : fault;
    }

    /** The pattern for the value of a claim. */
    static @Nullable String pattern(String value) {
        return literal(value);
    }

    /** The slug of an organization, with claims between braces. */
    static @Nullable String organization(String value) {
        return ORGANIZATION.matcher(value).matches()
                ? null
                : "is not a slug, of letters, digits, hyphens and underscores, in which {claim} may stand";
    }

    /** Scopes, separated by commas. */
    static @Nullable String scopes(String value) {
        for (String scope : value.split(",", -1)) {
            if (!Scope.GRANTABLE.contains(scope.strip())) {
                return "holds \"" + scope.strip() + "\", which is no scope";
            }
        }
        return null;
    }

    /** The scopes in a text. */
    static List<String> readScopes(String value) {
        return Stream.of(value.split(",", -1)).map(String::strip).distinct().toList();
    }

    private static @Nullable String literal(String value) {
        return value.length() > MAX_LENGTH
                ? "is longer than " + MAX_LENGTH + " characters"
                : value.chars().anyMatch(Character::isISOControl) ? "holds a control character" : null;
    }

    private static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
        return address != null
                && (address.length == 4
                        ? address[0] == IPV4_LOOPBACK
                        : NetUtil.bytesToIpAddress(address).equals("::1"));
    }
}
