namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;

/// <summary>INT64, STRING(10), ARRAY&lt;...&gt;, STRUCT&lt;name type, ...&gt;.</summary>
internal sealed class TypeParser(Cursor cursor)
{
    public SqlType Parse() => cursor.Deeper(() =>
    {
        var token = cursor.Take();
        if (token.Type != TokenType.Word)
            throw cursor.Source.Error($"Syntax error: Unexpected {token.Described}", token.Start);
        switch (token.Text.ToUpperInvariant())
        {
            case "ARRAY":
                cursor.Expect("<");
                var element = Parse();
                cursor.ExpectClosingAngle();
                return element.Kind == TypeKind.Array ? throw cursor.Source.Error("Arrays of arrays are not supported", token.Start) : SqlType.ArrayOf(element);
            case "STRUCT":
                return Struct();
        }

        var type = SqlType.Named(token.Text) ?? throw (token.Text.ToUpperInvariant() is "BIGNUMERIC" or "BIGDECIMAL" or "JSON" or "GEOGRAPHY" or "INTERVAL" or "RANGE"
            ? cursor.Source.Unsupported($"the type {token.Text.ToUpperInvariant()}", token.Start)
            : cursor.Source.Error($"Type not found: {token.Text}", token.Start));
        // Length and precision limit what may be written; here they are read and not enforced.
        if (cursor.TryTake("("))
        {
            while (!cursor.Is(")") && cursor.Current.Type is TokenType.Integer || cursor.Is(","))
                cursor.Take();
            cursor.Expect(")");
        }

        return type;
    });

    private SqlType Struct()
    {
        cursor.Expect("<");
        var fields = new List<StructField>();
        if (!cursor.Is(">"))
        {
            fields = cursor.List(() =>
            {
                var named = cursor.IsName && cursor.Peek().Type is TokenType.Word;
                var name = named ? cursor.Take().Text : "";
                return new StructField(name, Parse());
            });
        }

        cursor.ExpectClosingAngle();
        return SqlType.StructOf(fields);
    }
}
