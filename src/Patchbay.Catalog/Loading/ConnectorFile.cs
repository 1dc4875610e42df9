namespace Patchbay.Catalog.Loading;

/// <summary>A connector as read, with what it takes to say where in its file something stands.</summary>
internal sealed record ConnectorFile(string Name, YamlText Yaml, Connector Connector)
{
    public CatalogError Fault(string pointer, string message) => new(Name, Yaml.LineOf(pointer), message);
}
