namespace Patchbay.Sandbox.Vendors.Google.Drive.Query;

/// <summary>
/// The q language: terms joined by and, or, not and parentheses. Between and and or the order of writing decides, as
/// Drive does it: a and b or c is (a and b) or c, and a or b and c is (a or b) and c.
/// </summary>
internal sealed class DriveQuery
{
    private const int Deepest = 50;
    private readonly List<DriveToken> tokens;
    private int position;
    private bool failed;

    private DriveQuery(List<DriveToken> tokens) => this.tokens = tokens;

    /// <summary>Looks at the text of files: Drive sorts such results by relevance and nothing else.</summary>
    public bool SearchesText { get; private set; }

    public Func<DriveQueryView, bool> Matches { get; private set; } = _ => true;

    /// <summary>Null when Drive would not understand it.</summary>
    public static DriveQuery? Parse(string text)
    {
        if (DriveQueryLexer.Read(text) is not { } tokens)
            return null;
        var query = new DriveQuery(tokens);
        if (tokens.Count == 1)
            return query;
        query.Matches = query.Any(0);
        return query.failed || query.Now.Kind != DriveTokenKind.End ? null : query;
    }

    private DriveToken Now => tokens[position];

    private DriveToken Next() => tokens[position < tokens.Count - 1 ? position++ : position];

    private Func<DriveQueryView, bool> Fail()
    {
        failed = true;
        return _ => false;
    }

    private Func<DriveQueryView, bool> Any(int depth)
    {
        var all = One(depth);
        while (!failed && (Now.Is("and") || Now.Is("or")))
        {
            var both = Next().Is("and");
            var (left, right) = (all, One(depth));
            all = both ? view => left(view) && right(view) : view => left(view) || right(view);
        }

        return all;
    }

    private Func<DriveQueryView, bool> One(int depth)
    {
        if (depth > Deepest)
            return Fail();
        if (Now.Is("not"))
        {
            Next();
            var inner = One(depth + 1);
            return view => !inner(view);
        }

        if (Now.IsSymbol("("))
        {
            Next();
            var inner = Any(depth + 1);
            return Next().IsSymbol(")") ? inner : Fail();
        }

        return Now.Kind switch
        {
            DriveTokenKind.Text => In(),
            DriveTokenKind.Word => Term(),
            _ => Fail(),
        };
    }

    /// <summary>'value' in collection.</summary>
    private Func<DriveQueryView, bool> In()
    {
        var value = Next().Value;
        if (!Next().Is("in"))
            return Fail();
        return Next().Value switch
        {
            "parents" => view => view.File.Parent is { } parent && parent == (value == "root" ? DriveFiles.RootId(view.Caller.Account) : value),
            "owners" => view => view.Has(Person(value, view), DriveRole.Owner, DriveRole.Owner),
            "writers" => view => view.Has(Person(value, view), DriveRole.Writer, DriveRole.Owner),
            "readers" => view => view.Has(Person(value, view), DriveRole.Reader, DriveRole.Owner),
            _ => Fail(),
        };
    }

    private static string Person(string value, DriveQueryView view) => value == "me" ? view.Caller.Account.Email : value;

    private Func<DriveQueryView, bool> Term()
    {
        var name = Next().Value;
        // It may stand alone.
        if (name == "sharedWithMe" && !Now.IsSymbol("=") && !Now.IsSymbol("!="))
            return view => view.SharedWithMe is not null;
        var verb = Next();
        if (name is "properties" or "appProperties")
            return verb.Is("has") ? Has(name) : Fail();
        var value = Next();
        if (name is "trashed" or "starred" or "sharedWithMe")
            return Flag(name, verb, value);
        if (value.Kind != DriveTokenKind.Text)
            return Fail();
        return name switch
        {
            "name" => Text(verb, value.Value, view => view.File.Name, StringComparison.OrdinalIgnoreCase, DriveWords.NameContains),
            "mimeType" => Text(verb, value.Value, view => view.File.MimeType, StringComparison.OrdinalIgnoreCase, (type, part) => type.Contains(part, StringComparison.OrdinalIgnoreCase)),
            "fullText" when verb.Is("contains") => FullText(value.Value),
            "createdTime" => Moment(verb, value.Value, view => view.File.Created),
            "modifiedTime" => Moment(verb, value.Value, view => view.File.Modified),
            "viewedByMeTime" => Moment(verb, value.Value, view => view.Viewed),
            "sharedWithMeTime" => Moment(verb, value.Value, view => view.SharedWithMe?.Since),
            "visibility" => Text(verb, value.Value, view => view.Visibility, StringComparison.Ordinal, null),
            "shortcutDetails.targetId" => Text(verb, value.Value, view => view.File.ShortcutTarget ?? "", StringComparison.Ordinal, null),
            _ => Fail(),
        };
    }

    private Func<DriveQueryView, bool> FullText(string search)
    {
        SearchesText = true;
        return view => DriveWords.TextContains(view.Words, search);
    }

    private Func<DriveQueryView, bool> Flag(string name, DriveToken verb, DriveToken value)
    {
        bool? wanted = value.Is("true") ? true : value.Is("false") ? false : null;
        if (wanted is null || !(verb.IsSymbol("=") || verb.IsSymbol("!=")))
            return Fail();
        var holds = wanted.Value == verb.IsSymbol("=");
        return name switch
        {
            "trashed" => view => view.Trashed == holds,
            "starred" => view => view.Starred == holds,
            _ => view => view.SharedWithMe is not null == holds,
        };
    }

    private Func<DriveQueryView, bool> Text(DriveToken verb, string value, Func<DriveQueryView, string> read, StringComparison comparison, Func<string, string, bool>? contains) => verb switch
    {
        _ when verb.IsSymbol("=") => view => string.Equals(read(view), value, comparison),
        _ when verb.IsSymbol("!=") => view => !string.Equals(read(view), value, comparison),
        _ when verb.Is("contains") && contains is not null => view => contains(read(view), value),
        _ => Fail(),
    };

    private Func<DriveQueryView, bool> Moment(DriveToken verb, string value, Func<DriveQueryView, DateTimeOffset?> read)
    {
        if (DriveTime.Parse(value) is not { } moment)
            return Fail();
        return verb.Kind != DriveTokenKind.Symbol ? Fail() : verb.Value switch
        {
            "=" => view => read(view) == moment,
            "!=" => view => read(view) != moment,
            "<" => view => read(view) < moment,
            "<=" => view => read(view) <= moment,
            ">" => view => read(view) > moment,
            ">=" => view => read(view) >= moment,
            _ => Fail(),
        };
    }

    /// <summary>properties has { key='a' and value='b' }.</summary>
    private Func<DriveQueryView, bool> Has(string name)
    {
        var good = Next().IsSymbol("{") & Next().Is("key") & Next().IsSymbol("=");
        var key = Next();
        good &= Next().Is("and") & Next().Is("value") & Next().IsSymbol("=");
        var value = Next();
        good &= Next().IsSymbol("}") && key.Kind == DriveTokenKind.Text && value.Kind == DriveTokenKind.Text;
        if (!good)
            return Fail();
        return view =>
        {
            var having = name == "properties" ? view.File.Properties : view.File.AppProperties.GetValueOrDefault(view.Caller.ClientId);
            return having is not null && having.TryGetValue(key.Value, out var has) && has == value.Value;
        };
    }
}
