package dev.winnow.admin;

import dev.winnow.admin.call.Parameters;
import dev.winnow.admin.call.Problem;
import dev.winnow.admin.deadletter.DeadLettersResource;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/// What is the same for every call in the OpenAPI description: who may make it and how it fails.
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class ApiDescription implements OASFilter {

    private static final Map<String, String> PROBLEMS = Map.of(
            "400", "a parameter or the body is malformed",
            "401", "the credentials are missing or not valid",
            "403", "the call takes another role, or another site's page makes it",
            "406", "JSON is not accepted",
            "500", "the service failed",
            "503", "the bucket or a queue is out of reach; see Retry-After");

    /// What calls answer beyond that, by their `operationId`.
    private static final Map<String, Map<String, String>> PROBLEMS_OF_CALLS = Map.ofEntries(
            Map.entry("getFile", Map.of("404", "there is no such file")),
            Map.entry(
                    "reprocess",
                    Map.of("404", "there is no such file", "409", "it was not decided, or its backup is gone")),
            Map.entry(
                    "listRejectedRows",
                    Map.of("404", "there is no such file", "409", "it was not decided, or its output is gone")),
            Map.entry(
                    "signDownload",
                    Map.of("404", "there is no such file", "409", "it was not decided, or has no such rows")),
            Map.entry("getDeadLetter", Map.of("404", "there is no such dead letter")),
            Map.entry("discardDeadLetter", Map.of("404", "there is no such dead letter")),
            Map.entry("discardDeadLetters", Map.of("409", "what would be discarded has changed since the dry run")),
            Map.entry(
                    "restoreDeadLetter",
                    Map.of("404", "there is no such dead letter", "409", "it is discarded for good: it names no file")),
            Map.entry(
                    "redrive",
                    Map.of(
                            "409", "SQS moves the queue already, or what would be sent has changed since the dry run",
                            "422", "the Idempotency-Key was given for another redrive")),
            Map.entry("getRedrive", Map.of("404", "there is no such redrive")),
            Map.entry("cancelRedrive", Map.of("404", "there is no such redrive")),
            Map.entry(
                    "pauseRedrive",
                    Map.of("404", "there is no such redrive", "409", "it has ended, or there is nothing left to hold")),
            Map.entry("resumeRedrive", Map.of("404", "there is no such redrive", "409", "it has ended")),
            Map.entry("validate", Map.of("429", "too many at once or in a minute; see Retry-After")));

    private static final Map<String, String> PROBLEMS_OF_BODIES =
            Map.of("413", "the body is too large", "415", "the body is of another media type");

    @Override
    public Operation filterOperation(Operation operation) {
        if (operation.getParameters() != null) {
            operation
                    .getResponses()
                    .addAPIResponse(
                            "414",
                            OASFactory.createAPIResponse().description("the path and its parameters are too long"));
            operation.getParameters().stream()
                    .filter(it -> it.getName().equals("reason"))
                    .forEach(it -> it.getSchema().setEnumeration(List.copyOf(DeadLettersResource.REASONS)));
        }
        PROBLEMS.forEach((status, why) -> add(operation, status, why));
        PROBLEMS_OF_CALLS
                .getOrDefault(operation.getOperationId(), Map.of())
                .forEach((status, why) -> add(operation, status, why));
        if (operation.getRequestBody() != null) {
            PROBLEMS_OF_BODIES.forEach((status, why) -> add(operation, status, why));
        }
        return operation;
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        for (String request : List.of("RedriveRequest", "DiscardRequest")) {
            member(api, request, "reason").setEnumeration(List.copyOf(DeadLettersResource.REASONS));
            Objects.requireNonNull(member(api, request, "ids").getItems()).setPattern("^" + Parameters.ID + "$");
        }
        api.getComponents()
                .addSecurityScheme(
                        "basic",
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("basic")
                                .description("a user of winnow.admin.users"))
                .addSecurityScheme(
                        "bearer",
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT")
                                .description("a token of the OIDC server, with the role viewer or operator"));
        api.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme("basic"));
        api.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme("bearer"));
    }

    private static Schema member(OpenAPI api, String schema, String name) {
        Schema whole = Objects.requireNonNull(api.getComponents().getSchemas().get(schema), schema);
        return Objects.requireNonNull(whole.getProperties().get(name), name);
    }

    private static void add(Operation operation, String status, String why) {
        if (!operation.getResponses().hasAPIResponse(status)) {
            operation.getResponses().addAPIResponse(status, problem(why));
        }
    }

    private static APIResponse problem(String why) {
        return OASFactory.createAPIResponse()
                .description(why)
                .content(OASFactory.createContent()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"))));
    }
}
