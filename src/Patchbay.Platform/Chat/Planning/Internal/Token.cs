namespace Patchbay.Platform.Chat.Planning.Internal;

internal enum TokenKind
{
    Word,
    Number,

    /// <summary>A time of day; <see cref="Token.Text"/> is <c>HH:mm</c>, or <c>H:mm?</c> if morning or evening is open.</summary>
    Time,
    Ordinal,
    Channel,
    Email,
    Quoted,

    /// <summary>Comma, full stop, arrow and the like, all as <c>,</c>.</summary>
    Break,
}

/// <summary>One word of the request. Mutable in one respect: whether something has explained why it is there.</summary>
internal sealed class Token(TokenKind kind, string text, string original)
{
    public TokenKind Kind { get; } = kind;

    /// <summary>Lower case, corrected, without a possessive <c>'s</c>.</summary>
    public string Text { get; set; } = text;

    public string Original { get; } = original;

    public bool Possessive { get; init; }

    public bool Explained { get; set; }

    /// <summary>Unknown and written with a capital: never corrected.</summary>
    public bool IsName { get; set; }

    /// <summary>A word that elsewhere means nothing, but asks for something where it stands: "<b>my</b> tasks", "made by <b>me</b>".</summary>
    public bool Weighs { get; set; }

    public bool Is(string word) => Kind == TokenKind.Word && Text == word;

    public override string ToString() => Original;
}
