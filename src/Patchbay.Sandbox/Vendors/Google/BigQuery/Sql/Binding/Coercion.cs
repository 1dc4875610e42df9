using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Values;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;

/// <summary>Making one type of another, and finding the type that several have in common.</summary>
internal sealed class Coercion(SqlText source, BindingContext context)
{
    public static bool Can(Bound given, SqlType to) =>
        given.IsNull || given.Type.CoercesTo(to) || (given.IsEmptyArray && to.Kind == TypeKind.Array) || (given.IsLiteral && (given.Type.Kind, to.Kind) switch
        {
            (TypeKind.String, TypeKind.Date or TypeKind.DateTime or TypeKind.Time or TypeKind.Timestamp) => true,
            (TypeKind.Float64, TypeKind.Numeric) => true,
            (TypeKind.Date, TypeKind.Timestamp) => true,
            _ => false,
        });

    public Bound To(Bound given, SqlType to, int at)
    {
        if (given.IsNull || (given.IsEmptyArray && to.Kind == TypeKind.Array))
            return given with { Type = to, IsNull = false };
        if (given.Type.Same(to))
            return given with { Type = to };
        if (given.IsLiteral && given.Value is { } value && !to.IsNested)
        {
            try
            {
                return Constant(Conversion.Cast(value, given.Type.Kind, to.Kind)!, to);
            }
            catch (SqlError)
            {
                throw source.Error(given.Type.Kind == TypeKind.String ? $"Could not cast literal \"{value}\" to type {to}" : $"Could not cast literal {Text.Of(value, given.Type.Kind)} to type {to}", at);
            }
        }

        if (!given.Type.IsNested)
            return new Bound($"bq_cast({given.Sql}, '{given.Type.Kind}', '{to.Kind}')", to);
        if (given.Type.Kind == TypeKind.Struct)
        {
            var parts = given.Type.Fields!.Select((field, index) => Item(To(new Bound($"json_extract({given.Sql}, '$[{index}]')", field.Type), to.Fields![index].Type, at)));
            return new Bound($"CASE WHEN ({given.Sql}) IS NULL THEN NULL ELSE json_array({string.Join(", ", parts)}) END", to);
        }

        throw source.Unsupported($"converting {given.Type} to {to}", at);
    }

    /// <summary>As an item of a json array: nested values stay nested.</summary>
    public static string Item(Bound value) => value.Type.IsNested ? $"json({value.Sql})" : value.Sql;

    public Bound Constant(object value, SqlType type) => new(
        value switch
        {
            long.MinValue => "(-9223372036854775807 - 1)",
            long number => FormattableString.Invariant($"{number}"),
            _ => context.Bind(value),
        },
        type)
    {
        IsLiteral = true,
        Value = value,
    };

    /// <summary>The type all can become; null when there is none.</summary>
    public static SqlType? Common(IReadOnlyList<Bound> all)
    {
        var typed = all.Where(one => !one.IsNull).ToList();
        if (typed.Count == 0)
            return SqlType.Int64;
        var candidates = typed.Where(one => !one.IsLiteral).Concat(typed.Where(one => one.IsLiteral)).Select(one => one.Type).ToList();
        // INT64 and NUMERIC literals beside a FLOAT64 one: the wider wins, so every type present is tried.
        return candidates.FirstOrDefault(candidate => typed.All(one => Can(one, candidate)));
    }

    /// <summary>The type of two columns in a set operation; null when there is none.</summary>
    public static SqlType? Common(OutColumn left, OutColumn right) =>
        (left.Untyped || right.Untyped) && left.Type.Kind == TypeKind.Array != (right.Type.Kind == TypeKind.Array) && (left.Type.Kind == TypeKind.Array ? left : right).Untyped ? null
        : left.Untyped ? right.Type
        : right.Untyped || right.Type.CoercesTo(left.Type) ? left.Type
        : left.Type.CoercesTo(right.Type) ? right.Type
        : null;

    /// <summary>The relation with its columns made the given types.</summary>
    public Relation To(Relation relation, IReadOnlyList<SqlType> types, int at)
    {
        if (relation.Columns.Zip(types).All(pair => pair.First.Type.Same(pair.Second)))
            return relation with { Columns = [.. relation.Columns.Zip(types, (column, type) => column with { Type = type })] };
        var items = relation.Columns.Select((column, index) => To(new Bound($"c{index}", column.Type) { IsNull = column.Untyped }, types[index], at).Sql + $" AS c{index}");
        return relation with { Sql = $"SELECT {string.Join(", ", items)} FROM ({relation.Sql})", Columns = [.. relation.Columns.Zip(types, (column, type) => column with { Type = type, Untyped = false })] };
    }
}
