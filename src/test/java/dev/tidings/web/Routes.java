package dev.tidings.web;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Every route that the running application has, found among its beans: what OpenAPI hides too. */
final class Routes {
    /** Stands in an address for whatever id it takes. */
    static final String ANY_ID = "0198f5b2-0000-7000-8000-000000000000";

    private Routes() {}

    /** A method of a resource, and an address that leads to it. */
    record Route(String verb, String path, Method method) {
        @Override
        public String toString() {
            return verb + " " + path;
        }
    }

    static List<Route> all(BeanManager beans) {
        return beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(bean -> bean.getBeanClass())
                .filter(type -> type.isAnnotationPresent(Path.class))
                .distinct()
                .flatMap(Routes::of)
                .toList();
    }

    private static Stream<Route> of(Class<?> resource) {
        return Arrays.stream(resource.getDeclaredMethods())
                .flatMap(method -> Arrays.stream(method.getAnnotations())
                        .map(Annotation::annotationType)
                        .map(type -> type.getAnnotation(HttpMethod.class))
                        .filter(Objects::nonNull)
                        .map(verb -> new Route(verb.value(), address(resource, method), method)));
    }

    private static String address(Class<?> resource, Method method) {
        String own = method.isAnnotationPresent(Path.class)
                ? method.getAnnotation(Path.class).value()
                : "";
        String template = resource.getAnnotation(Path.class).value() + "/" + own;
        return template.replaceAll("\\{[^}]*}", ANY_ID).replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
    }
}
