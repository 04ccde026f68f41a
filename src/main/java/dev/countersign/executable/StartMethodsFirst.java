package dev.countersign.executable;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.graalvm.nativeimage.hosted.Feature;

/**
 * Native-image feature: the executable begins with the code of {@link StartMethods}. GraalVM sorts all methods by name, so that a
 * start reads a few methods from nearly every part of the executable, and the kernel maps sixteen pages for each.
 */
final class StartMethodsFirst implements Feature {

    @Override
    public void beforeCompilation(BeforeCompilationAccess access) {
        try {
            StartMethods start = StartMethods.read();
            Class<?> layouter = Class.forName("com.oracle.svm.hosted.code.CodeSectionLayouter");
            Map<Class<?>, Object> services = services();
            Object byName = services.get(layouter);
            services.put(
                    layouter,
                    Proxy.newProxyInstance(
                            layouter.getClassLoader(), new Class<?>[] {layouter}, (self, method, values) -> {
                                Object sorted = method.invoke(byName, values);
                                return sorted instanceof List<?> methods ? startFirst(methods, start) : sorted;
                            }));
        } catch (ReflectiveOperationException | IOException | RuntimeException e) {
            System.out.println(
                    "Warning: the code of the executable stays sorted by name, which takes more memory: " + e);
        }
    }

    /** The services of the running build by their interfaces. No method of GraalVM replaces one. */
    @SuppressWarnings("unchecked")
    private static Map<Class<?>, Object> services() throws ReflectiveOperationException {
        Class<?> registry = Class.forName("com.oracle.svm.hosted.ImageSingletonsSupportImpl$HostedManagement");
        Field services = registry.getDeclaredField("configObjects");
        services.setAccessible(true);
        return (Map<Class<?>, Object>) services.get(registry.getMethod("get").invoke(null));
    }

    private static List<?> startFirst(List<?> methods, StartMethods start)
            throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
        List<Object> first = new ArrayList<>();
        List<Object> rest = new ArrayList<>();
        for (Object method : methods) {
            Method symbol = method.getClass().getMethod("getUniqueShortName");
            (start.contains((String) symbol.invoke(method)) ? first : rest).add(method);
        }
        System.out.printf("%,d of %,d methods stand first, because a start runs them%n", first.size(), methods.size());
        first.addAll(rest);
        return first;
    }
}
