using System.Text.Json.Nodes;
using NJsonSchema;
using Patchbay.Catalog.Loading;
using YamlDotNet.Core;

namespace Patchbay.Catalog;

/// <summary>Reads <c>connectors/</c>: one folder per connector, checked by the JSON schema beside them and by meaning.</summary>
public static class CatalogLoader
{
    private const string SchemaFile = "connector.schema.json";
    private const string ConnectorYaml = "connector.yaml";

    /// <summary>Never throws for a fault of the data: every error of every connector is in the result.</summary>
    /// <param name="directory">The folder that holds <c>connector.schema.json</c> and one folder per connector.</param>
    /// <param name="own">An operator's own folder, one folder per connector; null for none.</param>
    /// <exception cref="IOException">The files cannot be read.</exception>
    public static CatalogLoadResult Load(string directory, string? own = null)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var schemaPath = Path.Combine(directory, SchemaFile);
        if (!File.Exists(schemaPath))
            return new(null, [new(SchemaFile, 0, $"There is no {SchemaFile} in '{directory}'. Point to the connectors folder.")]);
        var schema = ParseSchema(File.ReadAllText(schemaPath));
        var errors = new List<CatalogError>();
        var files = new List<ConnectorFile>();
        foreach (var folder in Directory.GetDirectories(directory).Order(StringComparer.Ordinal))
            if (LoadFolder(folder, Path.GetFileName(folder), schema, errors) is { } file)
                files.Add(file);
        if (own is not null)
            files.AddRange(LoadOwn(own, schema, errors));
        if (files.Count == 0 && errors.Count == 0)
            errors.Add(new(".", 0, "There is no connector. Each is a folder with a connector.yaml."));
        errors.AddRange(AcrossConnectors.Faults(files));
        return new(errors.Count == 0 ? new ConnectorCatalog(files.Select(f => f.Connector)) : null, errors);
    }

    /// <summary>An operator's faults are named with the whole path: the folder is none of ours.</summary>
    private static IEnumerable<ConnectorFile> LoadOwn(string own, JsonSchema schema, List<CatalogError> errors)
    {
        if (!Directory.Exists(own))
        {
            errors.Add(new(own, 0, "There is no such folder. Correct --connectors, or make it."));
            return [];
        }

        // One folder per connector, or the folder of one.
        var folders = File.Exists(Path.Combine(own, ConnectorYaml)) ? [own] : Directory.GetDirectories(own).Where(d => !Path.GetFileName(d).StartsWith('.')).Order(StringComparer.Ordinal).ToArray();
        if (folders.Length == 0)
            errors.Add(new(own, 0, $"There is no connector. Each is a folder with a {ConnectorYaml}."));
        return [.. folders.Select(f => LoadFolder(f, f, schema, errors)).OfType<ConnectorFile>()];
    }

    /// <summary>One connector from text, without the checks of its folder. Null if there is any error.</summary>
    internal static Connector? Parse(string file, string text, JsonSchema schema, List<CatalogError> errors)
    {
        var before = errors.Count;
        var read = ParseFile(file, text, schema, errors);
        return errors.Count == before ? read?.Connector : null;
    }

    /// <summary>Null if it cannot be read; with faults it is there all the same, to be compared with the others.</summary>
    private static ConnectorFile? ParseFile(string file, string text, JsonSchema schema, List<CatalogError> errors)
    {
        var before = errors.Count;
        var yaml = TryParse(file, text, errors);
        if (yaml?.Root is not JsonObject root)
        {
            if (errors.Count == before)
                errors.Add(new(file, 1, "The file must be a map of keys and values."));
            return null;
        }

        var faults = SchemaErrors.Of(schema, root).ToList();
        errors.AddRange(faults.Select(e => new CatalogError(file, yaml.LineOf(e.Pointer), e.Message)));
        if (!faults.All(f => f.Readable))
            return null;
        var connector = ConnectorJson.TryRead(root);
        if (connector is null)
        {
            if (errors.Count == before)
                errors.Add(new(file, 1, "The file has the form of a connector, but not its meaning. Compare it with another one."));
            return null;
        }

        errors.AddRange(CatalogChecks.Of(connector).Select(e => new CatalogError(file, yaml.LineOf(e.Pointer), e.Message)));
        return new(file, yaml, connector);
    }

    internal static JsonSchema ParseSchema(string json) =>
        // Synchronous by nature: the schema refers to nothing outside itself.
        JsonSchema.FromJsonAsync(json).GetAwaiter().GetResult();

    private static ConnectorFile? LoadFolder(string folder, string shown, JsonSchema schema, List<CatalogError> errors)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        foreach (var needed in (string[])["icon.svg", "README.md"])
            if (!File.Exists(Path.Combine(folder, needed)))
                errors.Add(new($"{shown}/{needed}", 0, "The file is missing. Every connector has one."));
        var path = Path.Combine(folder, ConnectorYaml);
        if (!File.Exists(path))
        {
            errors.Add(new($"{shown}/{ConnectorYaml}", 0, "The file is missing. Remove the folder or add it."));
            return null;
        }

        if (File.Exists(Path.Combine(folder, "icon.svg")))
            errors.AddRange(CatalogChecks.OfIcon(File.ReadAllText(Path.Combine(folder, "icon.svg"))).Select(m => new CatalogError($"{shown}/icon.svg", 0, m)));
        var file = ParseFile($"{shown}/{ConnectorYaml}", File.ReadAllText(path), schema, errors);
        if (file is null)
            return null;
        if (file.Connector.Id != name)
            errors.Add(file.Fault("/id", $"The id is '{file.Connector.Id}' but the folder is '{name}'. Make them equal."));
        return file with { Connector = file.Connector with { Folder = Path.GetFullPath(folder) } };
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
