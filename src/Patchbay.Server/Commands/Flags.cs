namespace Patchbay.Server.Commands;

/// <summary>Reads <c>--name value</c>, <c>--name=value</c> and switches.</summary>
internal static class Flags
{
    /// <returns>Values by name (switches as "true"), and what is wrong with the words.</returns>
    public static (Dictionary<string, string> Values, IReadOnlyList<string> Wrong) Parse(IReadOnlyList<string> args, IReadOnlyList<(string Name, string? Value, string Help)> known)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var wrong = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var left, var right] ? (left, right) : (args[i], null);
            if (!name.StartsWith("--", StringComparison.Ordinal))
            {
                wrong.Add($"'{args[i]}' is no option. Options begin with --.");
                continue;
            }
            name = name[2..];
            var match = known.FirstOrDefault(f => f.Name == name);
            if (match.Name is null)
                wrong.Add($"There is no option --{name}.");
            else if (values.ContainsKey(name))
                wrong.Add($"--{name} is given twice.");
            else if (match.Value is null)
                values[name] = value ?? "true";
            else if (value is not null)
                values[name] = value;
            else if (i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal))
                values[name] = args[++i];
            else
                wrong.Add($"--{name} needs a value: --{name} {match.Value}.");
        }
        return (values, wrong);
    }
}
