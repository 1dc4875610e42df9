namespace Patchbay.Catalog;

/// <summary>One thing wrong with the catalog, written for the person who edits it.</summary>
/// <param name="File">Relative to the catalog's directory; the whole path in an operator's own folder.</param>
/// <param name="Line">From 1; 0 where the fault has no line (a missing file).</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record CatalogError(string File, int Line, string Message)
{
    public override string ToString() => Line > 0 ? $"{File}:{Line}: {Message}" : $"{File}: {Message}";
}

/// <param name="Catalog">Null if there is any error: a catalog is used whole or not at all.</param>
public sealed record CatalogLoadResult(ConnectorCatalog? Catalog, IReadOnlyList<CatalogError> Errors)
{
    /// <summary>The catalog, or an exception that lists every error.</summary>
    public ConnectorCatalog Require() =>
        Catalog ?? throw new InvalidDataException("The connector catalog has errors:\n" + string.Join('\n', Errors));
}
