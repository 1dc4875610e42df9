using System.Text.Json;
using System.Text.Json.Serialization;

namespace Patchbay.Server.Base44;

/// <summary>An error as Base44's clients read it: the message stands at the top level.</summary>
/// <param name="Detail">The same text as <paramref name="Message"/>.</param>
/// <param name="Code">NOT_FOUND for 404, else ours (PB...).</param>
/// <param name="ExtraData">For an error of fields: which and why.</param>
public sealed record ForeignError(string Detail, string Message, string Code, [property: JsonPropertyName("extra_data")] JsonElement? ExtraData)
{
    public static ForeignError Of(int status, string code, string message, object? extra = null) =>
        new(message, message, status == StatusCodes.Status404NotFound ? "NOT_FOUND" : code, extra is null ? null : JsonSerializer.SerializeToElement(extra, JsonSerializerOptions.Web));

    public static IResult Result(int status, string code, string message) => TypedResults.Json(Of(status, code, message), statusCode: status);
}
