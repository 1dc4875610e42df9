namespace Patchbay.Platform.Apps.Entities.Filters;

/// <summary>A filter that is none. The message is for the one who wrote it, and never carries a value from it.</summary>
public sealed class FilterException(string message) : Exception(message);
