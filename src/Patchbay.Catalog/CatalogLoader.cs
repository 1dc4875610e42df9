using System.Text.Json.Nodes;
using NJsonSchema;
using Patchbay.Catalog.Loading;
using YamlDotNet.Core;

namespace Patchbay.Catalog;

/// <summary>Reads <c>connectors/</c>: one folder per connector, checked by the JSON schema beside them and by meaning.</summary>
public static class CatalogLoader
{
    private const string SchemaFile = "connector.schema.json";

    /// <summary>Never throws for a fault of the data: every error of every connector is in the result.</summary>
    /// <param name="directory">The folder that holds <c>connector.schema.json</c> and one folder per connector.</param>
    /// <exception cref="IOException">The files cannot be read.</exception>
    public static CatalogLoadResult Load(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var schemaPath = Path.Combine(directory, SchemaFile);
        if (!File.Exists(schemaPath))
            return new(null, [new(SchemaFile, 0, $"There is no {SchemaFile} in '{directory}'. Point to the connectors folder.")]);
        var schema = ParseSchema(File.ReadAllText(schemaPath));
        var errors = new List<CatalogError>();
        var connectors = new List<Connector>();
        foreach (var folder in Directory.GetDirectories(directory).Order(StringComparer.Ordinal))
            if (LoadFolder(folder, schema, errors) is { } connector)
                connectors.Add(connector);
        if (connectors.Count == 0 && errors.Count == 0)
            errors.Add(new(".", 0, "There is no connector. Each is a folder with a connector.yaml."));
        errors.AddRange(CatalogChecks.AcrossConnectors(connectors));
        return new(errors.Count == 0 ? new ConnectorCatalog(connectors) : null, errors);
    }

    /// <summary>One connector from text, without the checks of its folder. Null if there is any error.</summary>
    internal static Connector? Parse(string file, string text, JsonSchema schema, List<CatalogError> errors)
    {
        var before = errors.Count;
        var yaml = TryParse(file, text, errors);
        if (yaml?.Root is not JsonObject root)
        {
            if (errors.Count == before)
                errors.Add(new(file, 1, "The file must be a map of keys and values."));
            return null;
        }

        errors.AddRange(SchemaErrors.Of(schema, root).Select(e => new CatalogError(file, yaml.LineOf(e.Pointer), e.Message)));
        if (errors.Count > before)
            return null;
        var connector = ConnectorJson.Read(root);
        errors.AddRange(CatalogChecks.Of(connector).Select(e => new CatalogError(file, yaml.LineOf(e.Pointer), e.Message)));
        return errors.Count > before ? null : connector;
    }

    internal static JsonSchema ParseSchema(string json) =>
        // Synchronous by nature: the schema refers to nothing outside itself.
        JsonSchema.FromJsonAsync(json).GetAwaiter().GetResult();

    private static Connector? LoadFolder(string folder, JsonSchema schema, List<CatalogError> errors)
    {
        var name = Path.GetFileName(folder);
        var before = errors.Count;
        foreach (var needed in (string[])["icon.svg", "README.md"])
            if (!File.Exists(Path.Combine(folder, needed)))
                errors.Add(new($"{name}/{needed}", 0, "The file is missing. Every connector has one."));
        var path = Path.Combine(folder, "connector.yaml");
        if (!File.Exists(path))
        {
            errors.Add(new($"{name}/connector.yaml", 0, "The file is missing. Remove the folder or add it."));
            return null;
        }

        if (File.Exists(Path.Combine(folder, "icon.svg")))
            errors.AddRange(CatalogChecks.OfIcon(File.ReadAllText(Path.Combine(folder, "icon.svg"))).Select(m => new CatalogError($"{name}/icon.svg", 0, m)));
        var connector = Parse($"{name}/connector.yaml", File.ReadAllText(path), schema, errors);
        if (connector is not null && connector.Id != name)
            errors.Add(new($"{name}/connector.yaml", 1, $"The id is '{connector.Id}' but the folder is '{name}'. Make them equal."));
        return errors.Count == before ? connector : null;
    }

    private static YamlText? TryParse(string file, string text, List<CatalogError> errors)
    {
        try
        {
            return YamlText.Parse(text);
        }
        catch (YamlException e)
        {
            errors.Add(new(file, (int)e.Start.Line, "This is no valid YAML: " + (e.InnerException?.Message ?? e.Message)));
            return null;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            // The YAML reader lets such surprises out for damaged text; for the person at the file they are the same.
            errors.Add(new(file, 0, "This is no valid YAML: " + e.Message));
            return null;
        }
    }
}
