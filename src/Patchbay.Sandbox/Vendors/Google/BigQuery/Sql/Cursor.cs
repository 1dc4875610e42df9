namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;

/// <summary>Walks the tokens of one text. The three parsers share one of these.</summary>
internal sealed class Cursor
{
    private const int MaxDepth = 120;

    private readonly List<Token> tokens;
    private int index;
    private int depth;
    private int retries;

    public Cursor(SqlText source)
    {
        Source = source;
        tokens = Lexer.Read(source);
    }

    public SqlText Source { get; }

    public int Parameters { get; set; }

    public Token Current => tokens[index];

    public Token Peek(int ahead = 1) => tokens[Math.Min(index + ahead, tokens.Count - 1)];

    public int At => Current.Start;

    public int Mark
    {
        get => index;
        set => index = value;
    }

    public Token Take() => index < tokens.Count - 1 ? tokens[index++] : tokens[index];

    public bool Is(string word) => Matches(Current, word);

    public static bool Matches(Token token, string word) =>
        token.Type is TokenType.Word or TokenType.Symbol && string.Equals(token.Text, word, StringComparison.OrdinalIgnoreCase);

    /// <summary>All of the words, one after the other, from here.</summary>
    public bool Are(params ReadOnlySpan<string> words)
    {
        for (var step = 0; step < words.Length; step++)
        {
            if (!Matches(Peek(step), words[step]))
                return false;
        }

        return true;
    }

    public bool TryTake(string word)
    {
        if (!Is(word))
            return false;
        index++;
        return true;
    }

    public bool TryTake(string first, string second)
    {
        if (!Are(first, second))
            return false;
        index += 2;
        return true;
    }

    public Token Expect(string word) => Is(word) ? Take() : throw Unexpected($"Expected {Shown(word)} but got {Current.Described}");

    /// <summary>">" may be the first half of the token ">>".</summary>
    public void ExpectClosingAngle()
    {
        if (Is(">>"))
        {
            tokens[index] = new Token(TokenType.Symbol, ">", Current.Start + 1, Current.End);
            return;
        }

        Expect(">");
    }

    public bool IsName => Current.Type == TokenType.Quoted || (Current.Type == TokenType.Word && !Keywords.Reserved.Contains(Current.Text));

    public string Name(string what = "identifier") => IsName ? Take().Text : throw Unexpected($"Expected {what} but got {Current.Described}");

    /// <summary>An optional alias, with or without AS.</summary>
    public string? Alias(params ReadOnlySpan<string> notThese)
    {
        if (TryTake("AS"))
            return Name("alias");
        if (!IsName)
            return null;
        foreach (var word in notThese)
        {
            if (Is(word))
                return null;
        }

        return Take().Text;
    }

    public SqlError Unexpected(string? message = null) => Source.Error($"Syntax error: {message ?? "Unexpected " + Current.Described}", At);

    /// <summary>Bounds the recursion: a query from outside must not end the process by its nesting.</summary>
    public T Deeper<T>(Func<T> parse)
    {
        Depth.Check();
        if (++depth > MaxDepth)
            throw Source.Error("Syntax error: Too many nested expressions or queries", At);
        try
        {
            return parse();
        }
        finally
        {
            depth--;
        }
    }

    /// <summary>Bounds how often a parser may go back and try another reading.</summary>
    public bool TryAgain() => retries++ < 40;

    public List<T> List<T>(Func<T> item)
    {
        var items = new List<T> { item() };
        while (TryTake(","))
            items.Add(item());
        return items;
    }

    private static string Shown(string word) => char.IsLetter(word[0]) ? "keyword " + word : $"\"{word}\"";
}
