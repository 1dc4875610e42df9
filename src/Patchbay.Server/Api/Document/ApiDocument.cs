using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Patchbay.Server.Base44;

namespace Patchbay.Server.Api.Document;

/// <summary>The document at <c>/openapi/v1.json</c>, from which the dashboard's types are generated: what it does not say
/// exactly, TypeScript cannot check. Its committed copy is <c>openapi/v1.json</c>.</summary>
internal static class ApiDocument
{
    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = d => d.RelativePath is "health" || d.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true || d.RelativePath?.StartsWith("api/apps/", StringComparison.Ordinal) == true;
        options.AddSchemaTransformer(DescribeWordsAsync);
        options.AddOperationTransformer(TagAsync);
        options.AddDocumentTransformer(CompleteAsync);
    });

    /// <summary>Texts of a fixed vocabulary become literals, and free JSON says that it is any.</summary>
    private static Task DescribeWordsAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(AllowedValuesAttribute), inherit: true).OfType<AllowedValuesAttribute>().FirstOrDefault() is { } allowed)
            schema.Enum = Literals(schema, allowed.Values.OfType<string>());
        if (context.JsonTypeInfo.Type == typeof(JsonObject))
            schema.AdditionalProperties = new OpenApiSchema();
        return Task.CompletedTask;
    }

    private static List<JsonNode> Literals(OpenApiSchema schema, IEnumerable<string> values)
    {
        List<JsonNode> literals = [.. values.Select(v => (JsonNode)v)];
        if (schema.Type?.HasFlag(JsonSchemaType.Null) == true)
            literals.Add(JsonNullSentinel.JsonNull);
        return literals;
    }

    private static Task TagAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var parts = (context.Description.RelativePath ?? "").Split('/');
        var tag = parts is ["api", "apps", ..] ? "public" : parts is ["api", "v1", "apps", _, var slice, ..] ? slice : parts is ["api", "v1", var top, ..] ? top : parts[0];
        operation.Tags = new HashSet<OpenApiTagReference> { new(tag, context.Document) };
        return Task.CompletedTask;
    }

    private static async Task CompleteAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "Patchbay API", Version = "v1", Description = "/api/v1: the dashboard's; cookie session, every change needs the header X-Patchbay and comes from the dashboard's own origin. /api/apps: for programs, in the shape of Base44's API; an app's key in the header api_key." };
        document.AddComponent<IOpenApiSecurityScheme>("appKey", new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "api_key", Description = "An admin makes one in the app's settings. Authorization: Bearer with the same key does too." });
        document.AddComponent("ForeignError", await context.GetOrCreateSchemaAsync(typeof(ForeignError), null, cancellationToken));
        document.AddComponent("ApiErrorBody", await context.GetOrCreateSchemaAsync(typeof(ApiErrorBody), null, cancellationToken));
        await LiveDocument.DescribeAsync(document, context, cancellationToken);
        var asked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (operation, forPrograms) in document.Paths.SelectMany(p => p.Value.Operations!.Values.Select(o => (o, p.Key.StartsWith("/api/apps/", StringComparison.Ordinal)))))
        {
            if (forPrograms)
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("appKey", document)] = [] }];
            (operation.Responses ??= [])["default"] = new OpenApiResponse
            {
                Description = "What failed and who must do what.",
                Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = new OpenApiSchemaReference(forPrograms ? "ForeignError" : "ApiErrorBody", document) } },
            };
            foreach (var body in operation.RequestBody?.Content?.Values.Select(m => m.Schema) ?? [])
            {
                if (body is OpenApiSchemaReference { Reference.Id: { } id } && asked.Add(id))
                    LetNullsBeLeftOut(document.Components?.Schemas?[id]);
            }
        }
        foreach (var schema in document.Components?.Schemas?.Values.OfType<OpenApiSchema>().Where(s => s.Enum is { Count: > 0 } && s.Properties is null) ?? [])
        {
            // Whether a use may be null is said where it is used; the vocabulary itself has no null.
            schema.Enum = [.. schema.Enum!.Where(v => v is not null && v.GetValueKind() == System.Text.Json.JsonValueKind.String)];
            schema.Type = JsonSchemaType.String;
        }
        // An answer has every member, inherited ones too.
        foreach (var (_, schema) in document.Components?.Schemas?.Where(s => !asked.Contains(s.Key)) ?? [])
        {
            if (schema is OpenApiSchema { Properties: { Count: > 0 } members } answer)
                answer.Required = members.Keys.ToHashSet(StringComparer.Ordinal);
        }
        document.Tags = null;
    }

    /// <summary>The serializer calls every member of a record required; of a request, those that may be null may be missing.</summary>
    private static void LetNullsBeLeftOut(IOpenApiSchema? schema)
    {
        foreach (var (name, property) in schema?.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (property.Type?.HasFlag(JsonSchemaType.Null) == true || property.OneOf?.Any(o => o.Type == JsonSchemaType.Null) == true)
                schema!.Required?.Remove(name);
        }
    }
}
