package dev.tidings.web;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * Says of a list's members which values they may have. The annotation of a list puts them on the list itself, which then
 * could only be one of them, and generated clients would have no list.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ListedValuesFilter implements OASFilter {

    @Override
    public Schema filterSchema(Schema schema) {
        List<Object> values = schema.getEnumeration();
        if (values != null && schema.getItems() != null) {
            schema.getItems().setEnumeration(values);
            schema.setEnumeration(null);
        }
        return schema;
    }
}
