package dev.tidings.web;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

/** Which permission each operation of the API's description needs: what {@link Needs} says, by operation id. */
final class RoutePermissions {
    private final Map<String, Permission> byOperation = new HashMap<>();

    RoutePermissions(IndexView classes) {
        for (AnnotationInstance needs : classes.getAnnotations(Needs.class)) {
            AnnotationInstance operation = needs.target().annotation(Operation.class);
            if (operation != null && operation.value("operationId") != null) {
                byOperation.put(
                        operation.value("operationId").asString(),
                        Permission.valueOf(needs.value().asEnum()));
            }
        }
    }

    @Nullable
    Permission of(@Nullable String operationId) {
        return byOperation.get(operationId);
    }
}
