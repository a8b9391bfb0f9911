package dev.earnest.kit.problem;

import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/// What every service's OpenAPI document has: how callers prove who they are, and that whatever goes
/// wrong is a problem document.
public class ApiDocument implements OASFilter {
  private static final String PROBLEM = "Problem";

  /// The door that most endpoints belong to: `/api/v1`.
  private static final String MARKETPLACE = "Marketplace";

  @Override
  public void filterOpenAPI(OpenAPI document) {
    if (document.getComponents() == null) {
      document.setComponents(OASFactory.createComponents());
    }
    document
        .getComponents()
        .addSchema(PROBLEM, problem())
        .addSecurityScheme(
            "bearer",
            OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description("A JWT of the operator's identity provider, or an API key (ek_…)."))
        .addSecurityScheme(
            "apiKey",
            OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.HEADER)
                .name("x-api-key")
                .description("An API key (ek_…)."));
    document.setSecurity(
        List.of(
            OASFactory.createSecurityRequirement().addScheme("bearer"),
            OASFactory.createSecurityRequirement().addScheme("apiKey")));
    document.getPaths().getPathItems().values().forEach(ApiDocument::complete);
  }

  private static void complete(PathItem path) {
    for (Operation operation : path.getOperations().values()) {
      operation.getResponses().addAPIResponse("default", refusal());
      if (operation.getTags() == null || operation.getTags().isEmpty()) {
        operation.addTag(MARKETPLACE);
      }
    }
  }

  private static APIResponse refusal() {
    return OASFactory.createAPIResponse()
        .description("A problem document (RFC 9457) with a stable code.")
        .content(
            OASFactory.createContent()
                .addMediaType(
                    Problems.MEDIA_TYPE,
                    OASFactory.createMediaType()
                        .schema(OASFactory.createSchema().ref("#/components/schemas/" + PROBLEM))));
  }

  private static Schema problem() {
    Schema text = OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    Schema field =
        OASFactory.createSchema()
            .addType(Schema.SchemaType.OBJECT)
            .addProperty("field", text)
            .addProperty("detail", text);
    return OASFactory.createSchema()
        .addType(Schema.SchemaType.OBJECT)
        .required(List.of("type", "title", "status", "detail", "instance", "code"))
        .addProperty("type", text)
        .addProperty("title", text)
        .addProperty("status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER))
        .addProperty("detail", text)
        .addProperty("instance", text)
        .addProperty("code", text)
        .addProperty("state", text)
        .addProperty("success", OASFactory.createSchema().addType(Schema.SchemaType.BOOLEAN))
        .addProperty("error", text)
        .addProperty(
            "errors", OASFactory.createSchema().addType(Schema.SchemaType.ARRAY).items(field));
  }
}
