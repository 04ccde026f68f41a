package dev.countersign.testsupport.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority and a certificate for localhost that it signed, as PEM files. They are in the repository, because making
 * them takes half a second of CPU for each command of keytool, and are good until 2126. They protect nothing. These commands made
 * each pair:
 *
 * <pre>{@code
 * openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 36500 -keyout authority.key -out authority.pem \
 *     -subj "/CN=Authority of a test"
 * openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout server.key -out server.csr -subj /CN=localhost \
 *     -addext subjectAltName=DNS:localhost
 * openssl x509 -req -in server.csr -copy_extensions copy -CA authority.pem -CAkey authority.key -days 36500 -out server.pem
 * }</pre>
 *
 * @param authority the authority's certificate
 * @param certificate the server's
 * @param key its private key, for its owner only
 */
public record Certificates(Path authority, Path certificate, Path key) {

    private static final Path FILES = Path.of("src", "test", "resources", "certificates");

    /** The certificates of one authority, copied into a folder. */
    public static Certificates first(Path folder) throws IOException {
        return copy("first", folder);
    }

    /** The certificates of another authority, copied into a folder. */
    public static Certificates second(Path folder) throws IOException {
        return copy("second", folder);
    }

    private static Certificates copy(String name, Path folder) throws IOException {
        Path from = FILES.resolve(name);
        Files.createDirectories(folder);
        Path key = folder.resolve("server.key");
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new Certificates(
                Files.copy(from.resolve("authority.pem"), folder.resolve("authority.pem")),
                Files.copy(from.resolve("server.pem"), folder.resolve("server.pem")),
                Files.writeString(key, Files.readString(from.resolve("server.key"))));
    }

    /** A TLS context that trusts this authority only. */
    public SSLContext trusting() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var in = Files.newInputStream(authority)) {
            store.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
