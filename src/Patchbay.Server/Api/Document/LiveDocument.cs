using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Patchbay.Platform.Apps.Entities;

namespace Patchbay.Server.Api.Document;

/// <summary>What goes over the live stream: one object per event, told apart by <c>event</c>. The framework would describe its
/// own wrapper, which never goes over the wire.</summary>
internal static class LiveDocument
{
    private static readonly (string Event, Type Data)[] Events =
        [("run", typeof(RunReply)), ("connection", typeof(ConnectionSignal)), ("record", typeof(RecordSignal)), ("log", typeof(LogSignal)), ("ping", typeof(Empty))];

    public static async Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var any = new OpenApiSchema { Description = "One event: its name stands in the line event:, its data in the line data:.", OneOf = [] };
        foreach (var (name, data) in Events)
        {
            if (document.Components?.Schemas?.ContainsKey(data.Name) != true)
                document.AddComponent(data.Name, await context.GetOrCreateSchemaAsync(data, null, cancellationToken));
            any.OneOf.Add(new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Required = new HashSet<string> { "event", "data" },
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["event"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [name] },
                    ["data"] = new OpenApiSchemaReference(data.Name, document),
                },
            });
        }
        document.AddComponent("LiveEvent", any);
        document.Components!.Schemas!.Remove("SseItemOfObject");
        document.Paths["/api/v1/apps/{app}/live"].Operations![HttpMethod.Get].Responses!["200"].Content!["text/event-stream"].Schema = new OpenApiSchemaReference("LiveEvent", document);
    }
}
