using System.Collections;

namespace Patchbay.Storage.Engines;

/// <summary>Parameters of a statement by name, or the columns of a row to insert.</summary>
internal sealed class Args : IEnumerable<KeyValuePair<string, object?>>
{
    private readonly List<KeyValuePair<string, object?>> _values = [];

    public static Args None { get; } = [];

    public int Count => _values.Count;

    public void Add(string name, object? value) => _values.Add(new(name, value));

    /// <summary>A copy with one more.</summary>
    public Args With(string name, object? value)
    {
        Args more = [];
        more._values.AddRange(_values);
        more.Add(name, value);
        return more;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
