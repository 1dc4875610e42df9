using Patchbay.Platform.Runs;
using Patchbay.Storage.Engines;

namespace Patchbay.Storage.Stores;

internal static class RunFilter
{
    // More words than a person types; each is a condition of the statement.
    private const int MostWords = 16;

    public static (string Where, Args Args) Of(RunQuery query, Dialect dialect)
    {
        Args args = new() { { "app", query.App }, { "limit", query.Limit } };
        var where = "app = @app";
        And("status = @status", "status", query.Status);
        And("flow = @flow", "flow", query.Flow);
        And("created_at >= @since", "since", query.Since);
        And("id < @before", "before", query.Before);
        if (!string.IsNullOrWhiteSpace(query.Text))
        {
            args.Add("text", query.Text.Trim());
            var words = RunRows.Searchable(query.Text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MostWords).Select((word, i) =>
            {
                args.Add($"word{i}", word);
                return $"{dialect.Position("label_search", $"@word{i}")} > 0";
            });
            where += $" AND (id = @text OR idempotency_key = @text OR ({string.Join(" AND ", words)}))";
        }
        return (where, args);

        void And(string condition, string name, object? value)
        {
            if (value is null)
                return;
            where += " AND " + condition;
            args.Add(name, value);
        }
    }
}
