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
 * In a native executable TLS is the JDK's, and OpenSSL's classes are not there to be compiled. Quarkus takes them out of
 * Netty, but does not know the method that newer versions of Netty have for clients. That method makes the JDK's here.
 */
@TargetClass(className = "io.netty.handler.ssl.SslContext")
final class NoOpenSsl {

    private NoOpenSsl() {}

    @Substitute
    @SuppressWarnings({"unchecked", "UnusedMethod", "UnusedVariable"}) // It takes a method's place.
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

    /** Netty's TLS of clients by the JDK. */
    @TargetClass(className = "io.netty.handler.ssl.JdkSslClientContext")
    static final class JdkContext {

        @Alias
        @SuppressWarnings("UnusedVariable") // The constructor that is meant has them.
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

    /** Netty's class of what sessions of TLS are gone on with. */
    @TargetClass(className = "io.netty.handler.ssl.ResumptionController")
    static final class Resumption {

        @Alias
        Resumption() {}
    }
}
