package dev.countersign.testsupport.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority and a server certificate that it signed, as PEM files made by the JDK's keytool.
 *
 * @param authority the authority's certificate
 * @param certificate the server's, for one host name
 * @param key its private key, for its owner only
 */
public record Certificates(Path authority, Path certificate, Path key) {

    private static final String PASSWORD = "changeit";

    /** Creates certificates in a folder. */
    public static Certificates create(Path folder, String host) throws Exception {
        Files.createDirectories(folder);
        Path authorityStore = folder.resolve("authority.p12");
        Path serverStore = folder.resolve("server.p12");
        Path authority = folder.resolve("authority.pem");
        Path request = folder.resolve("request.pem");
        Path certificate = folder.resolve("server.pem");
        keytool(
                authorityStore,
                "-genkeypair",
                "-dname",
                "CN=Authority of a test",
                "-ext",
                "bc=ca:true",
                "-keyalg",
                "EC");
        keytool(authorityStore, "-exportcert", "-rfc", "-file", authority.toString());
        keytool(serverStore, "-genkeypair", "-dname", "CN=" + host, "-keyalg", "EC");
        keytool(serverStore, "-certreq", "-file", request.toString());
        keytool(
                authorityStore,
                "-gencert",
                "-rfc",
                "-ext",
                "san=dns:" + host,
                "-infile",
                request.toString(),
                "-outfile",
                certificate.toString());
        return new Certificates(authority, certificate, key(serverStore, folder.resolve("server.key")));
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

    private static Path key(Path store, Path file) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        byte[] key = keys.getKey("it", PASSWORD.toCharArray()).getEncoded();
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", "it", "-keystore", store.toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed:\n" + output);
        }
    }
}
