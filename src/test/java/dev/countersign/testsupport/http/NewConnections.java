package dev.countersign.testsupport.http;

import org.apache.http.client.HttpClient;
import org.apache.http.conn.scheme.SchemeRegistry;
import org.apache.http.impl.client.DefaultHttpClient;
import org.apache.http.impl.conn.BasicClientConnectionManager;
import org.apache.http.impl.conn.SchemeRegistryFactory;
import org.apache.http.params.BasicHttpParams;

/**
 * Makes the HTTP client of a request of REST Assured, as REST Assured does, so that each request has a connection of its own. The
 * clients share what takes long to make: the defaults of their parameters, and the trusted certificates.
 */
@SuppressWarnings("deprecation") // REST Assured takes no newer client
public final class NewConnections {

    private static final SchemeRegistry SCHEMES = SchemeRegistryFactory.createDefault();
    private static final BasicHttpParams DEFAULTS = new BasicHttpParams();

    static {
        DefaultHttpClient.setDefaultHttpParams(DEFAULTS);
    }

    private NewConnections() {}

    /** A client without a connection. */
    public static HttpClient client() {
        return new DefaultHttpClient(new BasicClientConnectionManager(SCHEMES), DEFAULTS.copy());
    }
}
