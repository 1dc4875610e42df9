namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;

/// <summary>What is wrong with a query. The message goes to the caller as it is.</summary>
/// <param name="message">In BigQuery's words, with "at [line:column]" where it has a place.</param>
/// <param name="reason">BigQuery's reason: invalidQuery, notFound, ...</param>
internal sealed class SqlError(string message, string reason = "invalidQuery") : Exception(message)
{
    public string Reason { get; } = reason;
}

/// <summary>The text of a statement; turns offsets into "[line:column]".</summary>
internal sealed class SqlText(string text)
{
    public string Text { get; } = text;

    public SqlError Error(string message, int offset) => new($"{message} at {Place(offset)}");

    public SqlError Unsupported(string what, int offset) => Error($"The Patchbay sandbox does not support {what}", offset);

    public string Place(int offset)
    {
        var (line, start) = (1, 0);
        for (var index = 0; index < offset && index < Text.Length; index++)
        {
            if (Text[index] == '\n')
                (line, start) = (line + 1, index + 1);
        }

        return $"[{line}:{offset - start + 1}]";
    }
}
