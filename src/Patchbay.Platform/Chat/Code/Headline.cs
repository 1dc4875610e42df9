using Patchbay.Platform.Chat.Planning;

namespace Patchbay.Platform.Chat.Code;

/// <summary>Which fields of a record a reader needs, where the request names none.</summary>
internal static class Headline
{
    private const int MostDetails = 5;

    private static readonly string[] Titles = ["title", "subject", "name", "number", "customer_name", "full_name", "email", "customer_email"];

    // Long texts drown a message; addresses of pages add nothing without a click.
    private static readonly string[] Skipped = ["body", "content", "description", "notes", "text", "id"];

    public static FieldSchema? TitleOf(EntitySchema entity) =>
        Titles.Select(entity.FindField).FirstOrDefault(f => f is not null)
        ?? entity.Fields.FirstOrDefault(f => f.Kind == FieldKind.Text)
        ?? (entity.Fields.Count > 0 ? entity.Fields[0] : null);

    public static IReadOnlyList<FieldSchema> DetailsOf(EntitySchema entity) =>
        [.. entity.Fields.Where(f => f != TitleOf(entity) && !Skipped.Contains(f.Name) && f.Kind != FieldKind.Other).Take(MostDetails)];

    /// <summary>For one line of a list: what is decided and when.</summary>
    public static IReadOnlyList<FieldSchema> BriefOf(EntitySchema entity) =>
        [.. entity.Fields.Where(f => f != TitleOf(entity) && f.Kind is FieldKind.Enum or FieldKind.Date or FieldKind.DateTime or FieldKind.Number).Take(3)];
}
