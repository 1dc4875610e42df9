namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;

internal enum TypeKind
{
    Int64,
    Numeric,
    Float64,
    Bool,
    String,
    Bytes,
    Date,
    DateTime,
    Time,
    Timestamp,
    Array,
    Struct,
}

/// <param name="Name">Empty for an anonymous field.</param>
/// <param name="Type">Its type.</param>
internal sealed record StructField(string Name, SqlType Type);

/// <summary>A GoogleSQL type, and how the engine below keeps its values (the folder's README has the table).</summary>
/// <param name="Kind">Which.</param>
/// <param name="Element">Of an array.</param>
/// <param name="Fields">Of a struct.</param>
internal sealed record SqlType(TypeKind Kind, SqlType? Element = null, IReadOnlyList<StructField>? Fields = null)
{
    public static readonly SqlType Int64 = new(TypeKind.Int64);
    public static readonly SqlType Numeric = new(TypeKind.Numeric);
    public static readonly SqlType Float64 = new(TypeKind.Float64);
    public static readonly SqlType Bool = new(TypeKind.Bool);
    public static readonly SqlType String = new(TypeKind.String);
    public static readonly SqlType Bytes = new(TypeKind.Bytes);
    public static readonly SqlType Date = new(TypeKind.Date);
    public static readonly SqlType DateTime = new(TypeKind.DateTime);
    public static readonly SqlType Time = new(TypeKind.Time);
    public static readonly SqlType Timestamp = new(TypeKind.Timestamp);

    private static readonly Dictionary<string, TypeKind> Kinds = Enum.GetValues<TypeKind>().ToDictionary(kind => kind.ToString());

    /// <summary>The kind of that name, as functions of the library are told it.</summary>
    public static TypeKind KindNamed(object? name) => Kinds[(string)name!];

    public bool IsNumber => Kind is TypeKind.Int64 or TypeKind.Numeric or TypeKind.Float64;

    /// <summary>Kept as JSON text below.</summary>
    public bool IsNested => Kind is TypeKind.Array or TypeKind.Struct;

    public static SqlType ArrayOf(SqlType element) => new(TypeKind.Array, element);

    public static SqlType StructOf(IReadOnlyList<StructField> fields) => new(TypeKind.Struct, null, fields);

    /// <summary>The scalar type of that name; null for a name that is none or that is not supported.</summary>
    public static SqlType? Named(string name) => name.ToUpperInvariant() switch
    {
        "INT64" or "INT" or "INTEGER" or "SMALLINT" or "BIGINT" or "TINYINT" or "BYTEINT" => Int64,
        "NUMERIC" or "DECIMAL" => Numeric,
        "FLOAT64" or "FLOAT" => Float64,
        "BOOL" or "BOOLEAN" => Bool,
        "STRING" => String,
        "BYTES" => Bytes,
        "DATE" => Date,
        "DATETIME" => DateTime,
        "TIME" => Time,
        "TIMESTAMP" => Timestamp,
        _ => null,
    };

    /// <summary>As GoogleSQL writes it: <c>ARRAY&lt;STRUCT&lt;a INT64&gt;&gt;</c>.</summary>
    public override string ToString() => Kind switch
    {
        TypeKind.Array => $"ARRAY<{Element}>",
        TypeKind.Struct => $"STRUCT<{string.Join(", ", Fields!.Select(field => field.Name.Length == 0 ? field.Type.ToString() : $"{field.Name} {field.Type}"))}>",
        _ => Kind.ToString().ToUpperInvariant(),
    };

    /// <summary>Equal but for the names of fields.</summary>
    public bool Same(SqlType other) => Kind == other.Kind && Kind switch
    {
        TypeKind.Array => Element!.Same(other.Element!),
        TypeKind.Struct => Fields!.Count == other.Fields!.Count && Fields.Zip(other.Fields).All(pair => pair.First.Type.Same(pair.Second.Type)),
        _ => true,
    };

    /// <summary>A value of this type becomes one of <paramref name="target"/> without being asked to.</summary>
    public bool CoercesTo(SqlType target) => Same(target) || (Kind, target.Kind) switch
    {
        (TypeKind.Int64, TypeKind.Numeric or TypeKind.Float64) => true,
        (TypeKind.Numeric, TypeKind.Float64) => true,
        (TypeKind.Date, TypeKind.DateTime) => true,
        _ => false,
    };
}
