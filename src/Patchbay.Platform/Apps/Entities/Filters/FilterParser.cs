using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Patchbay.Platform.Apps.Entities.Filters;

/// <summary>Reads Base44's query JSON: <c>{"status":"open","age":{"$gte":18},"$or":[...]}</c>. Fields are top-level names, values
/// scalars or null; a bare array means <c>$in</c>.</summary>
public static class FilterParser
{
    private const int Deepest = 32;
    private const int MostParts = 1000;

    /// <summary>Null for an empty text or an empty object: everything.</summary>
    /// <exception cref="FilterException">No JSON, an unknown operator (named), or a value of the wrong kind.</exception>
    public static RecordFilter? Parse(string? json)
    {
        if (string.IsNullOrWhiteSpace(json))
            return null;
        try
        {
            return Parse(JsonNode.Parse(json));
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // ArgumentException: a name that stands twice in one object, found when the node is first read.
            throw new FilterException("The filter is not valid JSON, or names a field twice.");
        }
        catch (InvalidOperationException)
        {
            throw new FilterException("The filter holds text that is no valid Unicode.");
        }
    }

    /// <inheritdoc cref="Parse(string?)"/>
    public static RecordFilter? Parse(JsonNode? query) => query switch
    {
        null => null,
        JsonObject { Count: 0 } => null,
        JsonObject fields => new Reader().Filter(fields, 0),
        _ => throw new FilterException("A filter is a JSON object, such as {\"status\":\"open\"}."),
    };

    private sealed class Reader
    {
        private int _parts;

        public RecordFilter Filter(JsonObject query, int depth) => AllOf([.. query.Select(p => Part(p.Key, p.Value, depth + 1))]);

        private RecordFilter Part(string key, JsonNode? value, int depth)
        {
            Count(depth);
            return key switch
            {
                "$and" => AllOf(Filters(key, value, depth)),
                "$or" => new RecordFilter.Any(Filters(key, value, depth)),
                "$nor" => new RecordFilter.Not(new RecordFilter.Any(Filters(key, value, depth))),
                "$not" when value is JsonObject inner => new RecordFilter.Not(Filter(inner, depth)),
                "$not" => throw new FilterException("$not takes an object."),
                ['$', ..] => throw Unknown(key),
                _ => Field(key, value, depth),
            };
        }

        private List<RecordFilter> Filters(string key, JsonNode? value, int depth)
        {
            if (value is not JsonArray { Count: > 0 } parts)
                throw new FilterException($"{key} takes a list of filters, at least one.");
            return [.. parts.Select(p => p is JsonObject filter ? Filter(filter, depth) : throw new FilterException($"{key} takes a list of filters; one of them is no object."))];
        }

        private RecordFilter Field(string field, JsonNode? value, int depth) => value switch
        {
            _ when !RecordFields.IsStorable(field) => throw new FilterException("A field's name holds a character that cannot be stored."),
            JsonArray values => In(field, "a list", values),
            JsonObject { Count: > 0 } operators => AllOf([.. operators.Select(o => Operator(field, o.Key, o.Value, depth + 1))]),
            JsonObject => throw new FilterException($"'{field}' is compared with an empty object; name an operator, such as $eq."),
            _ => new RecordFilter.Compare(field, Comparison.Equal, Scalar(field, value)),
        };

        private RecordFilter Operator(string field, string name, JsonNode? value, int depth)
        {
            Count(depth);
            return name switch
            {
                "$eq" => Compare(Comparison.Equal),
                "$ne" => Compare(Comparison.NotEqual),
                "$gt" => Compare(Comparison.Greater),
                "$gte" => Compare(Comparison.GreaterOrEqual),
                "$lt" => Compare(Comparison.Less),
                "$lte" => Compare(Comparison.LessOrEqual),
                "$in" => In(field, name, value),
                "$nin" => new RecordFilter.Not(In(field, name, value)),
                "$exists" when value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False => new RecordFilter.Exists(field, value.GetValue<bool>()),
                "$exists" => throw new FilterException($"$exists on '{field}' takes true or false."),
                "$not" when value is JsonObject { Count: > 0 } operators => new RecordFilter.Not(AllOf([.. operators.Select(o => Operator(field, o.Key, o.Value, depth + 1))])),
                "$not" => throw new FilterException($"$not on '{field}' takes an object of operators."),
                ['$', ..] => throw Unknown(name),
                _ => throw new FilterException($"'{field}' is compared with an object; only text, numbers, true, false and null can be compared."),
            };

            RecordFilter Compare(Comparison comparison) => new RecordFilter.Compare(field, comparison, Scalar(field, value));
        }

        private RecordFilter.In In(string field, string name, JsonNode? value)
        {
            if (value is not JsonArray values)
                throw new FilterException($"{name} on '{field}' takes a list.");
            _parts += values.Count;
            Count(0);
            return new(field, [.. values.Select(v => Scalar(field, v))]);
        }

        private static JsonNode? Scalar(string field, JsonNode? value)
        {
            switch (value?.GetValueKind())
            {
                case null or JsonValueKind.True or JsonValueKind.False:
                    return value;
                case JsonValueKind.Number when RecordFields.IsStorableNumber(value.ToJsonString()):
                    return value;
                case JsonValueKind.Number:
                    throw new FilterException($"The number that '{field}' is compared with is out of range.");
                case JsonValueKind.String when RecordFields.IsStorable(value.AsValue()):
                    return field is RecordFields.Created or RecordFields.Updated ? Date(value.GetValue<string>()) : value;
                case JsonValueKind.String:
                    throw new FilterException($"The text that '{field}' is compared with holds a character that cannot be stored.");
                default:
                    throw new FilterException($"'{field}' is compared with a list or an object; only text, numbers, true, false and null can be compared.");
            }
        }

        /// <summary>Any ISO form of a time becomes the form that the field has, so that comparing texts compares times.</summary>
        private static JsonNode Date(string text) =>
            text is [>= '0' and <= '9', ..] && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? RecordFields.Text(time) : text;

        private void Count(int depth)
        {
            if (depth > Deepest)
                throw new FilterException($"The filter is nested deeper than {Deepest} levels.");
            if (++_parts > MostParts)
                throw new FilterException($"The filter has more than {MostParts} parts.");
        }

        private static RecordFilter AllOf(List<RecordFilter> parts) => parts is [var only] ? only : new RecordFilter.All(parts);

        private static FilterException Unknown(string name) =>
            new($"Unknown operator '{name}'. Known are $eq, $ne, $gt, $gte, $lt, $lte, $in, $nin, $exists, $not, $and, $or and $nor.");
    }
}
