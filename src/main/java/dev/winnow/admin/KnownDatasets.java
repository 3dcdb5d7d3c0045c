package dev.winnow.admin;

import dev.winnow.decision.Datasets;
import io.quarkus.arc.Arc;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;

/// The datasets of this service in the OpenAPI description of the calls that know no others.
@OpenApiFilter(OpenApiFilter.RunStage.RUN)
public final class KnownDatasets implements OASFilter {

    private static final Set<String> CALLS = Set.of("listFiles", "listLatestFiles", "consolidate", "validate");

    @Override
    public Operation filterOperation(Operation operation) {
        if (CALLS.contains(operation.getOperationId())) {
            Set<String> names = Arc.container().instance(Datasets.class).get().names();
            operation.getParameters().stream()
                    .filter(it -> it.getName().equals("dataset"))
                    .forEach(it -> it.getSchema().setEnumeration(List.copyOf(names)));
        }
        return operation;
    }
}
