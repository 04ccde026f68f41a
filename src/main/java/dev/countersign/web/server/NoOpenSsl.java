package dev.countersign.web.server;

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
 * Native-image substitution: replaces the Netty method that makes TLS contexts for clients, so that a native executable uses
 * only the JDK's TLS. OpenSSL's classes are absent at compilation. Quarkus removes their other uses from Netty, but not this
 * method of newer versions.
 */
@TargetClass(className = "io.netty.handler.ssl.SslContext")
final class NoOpenSsl {

    private NoOpenSsl() {}

    @Substitute
    @SuppressWarnings({"unchecked", "UnusedMethod", "UnusedVariable"}) // GraalVM puts this method in place of Netty's.
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
            boolean startTls, // only for OpenSSL
            boolean enableOcsp,
            SecureRandom random,
            String keyStoreType,
            String endpointIdentification,
            Map.Entry<SslContextOption<?>, Object>... options)
            throws SSLException {
        if (enableOcsp) {
            throw new IllegalArgumentException("The JDK's TLS has no OCSP for clients: " + provider);
        }
        return (SslContext) (Object) new JdkContext(
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
                random,
                keyStoreType,
                endpointIdentification,
                new Resumption());
    }

    /** Stands for Netty's TLS context for clients with the JDK's TLS. */
    @TargetClass(className = "io.netty.handler.ssl.JdkSslClientContext")
    static final class JdkContext {

        @Alias
        @SuppressWarnings("UnusedVariable") // Netty's constructor has these parameters.
        JdkContext(
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
                SecureRandom random,
                String keyStoreType,
                String endpointIdentification,
                Resumption resumption)
                throws SSLException {}
    }

    /** Stands for Netty's class that controls the resumption of TLS sessions. */
    @TargetClass(className = "io.netty.handler.ssl.ResumptionController")
    static final class Resumption {

        @Alias
        Resumption() {}
    }
}
