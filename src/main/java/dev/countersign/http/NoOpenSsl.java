package dev.countersign.http;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.CipherSuiteFilter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextOption;
import io.netty.handler.ssl.SslProvider;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/**
 * In a native executable TLS is the JDK's, and OpenSSL's classes are not there to be compiled. Quarkus takes them out of
 * Netty, but does not know the method that newer versions of Netty have for clients: it leads to the one that Quarkus knows.
 */
@TargetClass(className = "io.netty.handler.ssl.SslContext")
final class NoOpenSsl {

    private NoOpenSsl() {}

    @Alias
    @SuppressWarnings("unchecked")
    private static native SslContext newClientContextInternal(
            SslProvider provider,
            Provider contextProvider,
            X509Certificate[] trusted,
            TrustManagerFactory trustManagers,
            X509Certificate[] keyChain,
            PrivateKey key,
            String keyPassword,
            KeyManagerFactory keyManagers,
            Iterable<String> ciphers,
            CipherSuiteFilter cipherFilter,
            ApplicationProtocolConfig protocolConfig,
            String[] protocols,
            long sessionCacheSize,
            long sessionTimeout,
            boolean enableOcsp,
            SecureRandom random,
            String keyStoreType,
            String endpointIdentification,
            Map.Entry<SslContextOption<?>, Object>... options)
            throws SSLException;

    @Substitute
    @SuppressWarnings({"unchecked", "UnusedMethod"}) // It takes the place of a method of that name.
    private static SslContext newClientContextInternal(
            SslProvider provider,
            Provider contextProvider,
            X509Certificate[] trusted,
            TrustManagerFactory trustManagers,
            X509Certificate[] keyChain,
            PrivateKey key,
            String keyPassword,
            KeyManagerFactory keyManagers,
            Iterable<String> ciphers,
            CipherSuiteFilter cipherFilter,
            ApplicationProtocolConfig protocolConfig,
            String[] protocols,
            long sessionCacheSize,
            long sessionTimeout,
            boolean startTls, // of OpenSSL alone
            boolean enableOcsp,
            SecureRandom random,
            String keyStoreType,
            String endpointIdentification,
            Map.Entry<SslContextOption<?>, Object>... options)
            throws SSLException {
        return newClientContextInternal(
                provider,
                contextProvider,
                trusted,
                trustManagers,
                keyChain,
                key,
                keyPassword,
                keyManagers,
                ciphers,
                cipherFilter,
                protocolConfig,
                protocols,
                sessionCacheSize,
                sessionTimeout,
                enableOcsp,
                random,
                keyStoreType,
                endpointIdentification,
                options);
    }
}
