using System.Globalization;
using System.Runtime.CompilerServices;

namespace Patchbay.Platform.Chat.Planning.Internal;

internal sealed record EntityPhrase(string[] Words, EntitySchema Entity, int Score);

internal sealed record FieldPhrase(string[] Words, FieldSchema Field, int Score);

/// <param name="Negated">It says that the field has another value than this one: "unpublished".</param>
internal sealed record ValuePhrase(string[] Words, FieldSchema Field, string Value, int Score, bool Negated = false)
{
    public Condition Condition => new(Field.Name, Negated ? ConditionOperators.IsNot : ConditionOperators.Is, Value);
}

/// <summary>
/// The app's own words, ready for looking up: what an entity, a field or a value may be called. Own names score 3,
/// what people commonly call such a thing 2, one word out of a longer name 1.
/// </summary>
internal sealed class SchemaVocabulary
{
    public const int Own = 3, Common = 2, Part = 1;

    private static readonly ConditionalWeakTable<AppSchema, SchemaVocabulary> Built = [];

    private readonly Dictionary<string, List<EntityPhrase>> _entities = new(StringComparer.Ordinal);
    private readonly Dictionary<EntitySchema, List<FieldPhrase>> _fields = [];
    private readonly Dictionary<EntitySchema, List<ValuePhrase>> _values = [];

    private SchemaVocabulary(AppSchema schema)
    {
        Schema = schema;
        var own = schema.Entities.SelectMany(OwnPhrases).Select(p => string.Join(' ', p)).ToHashSet(StringComparer.Ordinal);
        foreach (var entity in schema.Entities)
        {
            foreach (var phrase in OwnPhrases(entity))
                Add(new(phrase, entity, Own));
            foreach (var noun in CommonNouns(entity).Where(n => !own.Contains(n)))
                Add(new(noun.Split(' '), entity, Common));
            _fields[entity] = [.. entity.Fields.SelectMany(FieldPhrases).OrderByDescending(p => p.Words.Length)];
            _values[entity] = [.. ValuesOf(entity).OrderByDescending(p => p.Words.Length)];
        }

        Words = [.. _entities.Values.SelectMany(p => p).SelectMany(p => p.Words),
            .. _fields.Values.SelectMany(p => p).SelectMany(p => p.Words), .. _values.Values.SelectMany(p => p).SelectMany(p => p.Words)];
    }

    public AppSchema Schema { get; }

    /// <summary>Every single word of it; what spelling is corrected towards.</summary>
    public HashSet<string> Words { get; }

    public static SchemaVocabulary Of(AppSchema schema) => Built.GetValue(schema, s => new SchemaVocabulary(s));

    /// <summary>Entities called by the longest phrase that begins at <paramref name="at"/>.</summary>
    public (int Length, List<EntityPhrase> Found) EntitiesAt(IReadOnlyList<Token> tokens, int at)
    {
        if (tokens[at].Kind != TokenKind.Word || !_entities.TryGetValue(tokens[at].Text, out var candidates))
            return (0, []);
        var fitting = candidates.Where(c => Fits(tokens, at, c.Words) && !IsVerbHere(tokens, at, c)).ToList();
        var length = fitting.Count == 0 ? 0 : fitting.Max(f => f.Words.Length);
        return (length, [.. fitting.Where(f => f.Words.Length == length)]);
    }

    // "post a list" is no article called a post; "the post" and "a new post" are.
    private static bool IsVerbHere(IReadOnlyList<Token> tokens, int at, EntityPhrase phrase) =>
        phrase.Score < Own && phrase.Words.Length == 1 && Clauses.IsActionVerb(tokens[at])
        && !(at > 0 && tokens[at - 1].Text is "a" or "the" or "new" or "every" or "each" or "our" or "another" or "this");

    public (int Length, List<FieldPhrase> Found) FieldsAt(EntitySchema entity, IReadOnlyList<Token> tokens, int at) =>
        Longest(_fields[entity], p => p.Words, tokens, at);

    public (int Length, List<ValuePhrase> Found) ValuesAt(EntitySchema entity, IReadOnlyList<Token> tokens, int at) =>
        Longest(_values[entity], p => p.Words, tokens, at);

    public static string[] WordsOf(string name)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 1; i <= name.Length; i++)
            if (i == name.Length || !char.IsLetterOrDigit(name[i]) || (char.IsUpper(name[i]) && char.IsLower(name[i - 1])))
            {
                if (i > start)
                    words.Add(name[start..i].ToLower(CultureInfo.InvariantCulture));
                start = i < name.Length && !char.IsLetterOrDigit(name[i]) ? i + 1 : i;
            }

        return [.. words.Where(w => w.Length > 0)];
    }

    private static (int, List<T>) Longest<T>(List<T> phrases, Func<T, string[]> words, IReadOnlyList<Token> tokens, int at)
    {
        var fitting = phrases.Where(p => Fits(tokens, at, words(p))).ToList();
        var length = fitting.Count == 0 ? 0 : fitting.Max(f => words(f).Length);
        return (length, [.. fitting.Where(f => words(f).Length == length)]);
    }

    private static bool Fits(IReadOnlyList<Token> tokens, int at, string[] words)
    {
        if (at + words.Length > tokens.Count)
            return false;
        for (var i = 0; i < words.Length; i++)
            if (tokens[at + i].Kind is not (TokenKind.Word or TokenKind.Number or TokenKind.Ordinal) || tokens[at + i].Text != words[i])
                return false;
        return true;
    }

    private void Add(EntityPhrase phrase)
    {
        if (phrase.Words.Length == 0)
            return;
        if (!_entities.TryGetValue(phrase.Words[0], out var list))
            _entities[phrase.Words[0]] = list = [];
        if (!list.Any(p => p.Entity == phrase.Entity && p.Words.SequenceEqual(phrase.Words)))
            list.Add(phrase);
    }

    private static IEnumerable<string[]> OwnPhrases(EntitySchema entity)
    {
        var name = WordsOf(entity.Name);
        yield return name;
        yield return WithPlural(name);
        if (entity.Plural is { } plural)
            yield return WordsOf(plural);
        foreach (var synonym in entity.Synonyms)
        {
            yield return WordsOf(synonym);
            yield return WithPlural(WordsOf(synonym));
        }
    }

    private static IEnumerable<string> CommonNouns(EntitySchema entity) =>
        ConceptOf(entity) is { } concept
            ? concept.Nouns.Split(',').SelectMany(n => (string[])[n, string.Join(' ', WithPlural(n.Split(' ')))])
            : [];

    public static Concept? ConceptOf(EntitySchema entity)
    {
        var name = string.Concat(WordsOf(entity.Name));
        return Array.Find(Concepts.All, c => c.Names.Split(' ').Contains(name, StringComparer.Ordinal));
    }

    private static string[] WithPlural(string[] words) => words.Length == 0 ? words : [.. words[..^1], VerbForms.Plural(words[^1])];

    private static IEnumerable<FieldPhrase> FieldPhrases(FieldSchema field)
    {
        yield return new(WordsOf(field.Name), field, Own);
        foreach (var synonym in field.Synonyms)
            yield return new(WordsOf(synonym), field, Own);
        if (Concepts.FieldWords.TryGetValue(field.Name, out var words))
            foreach (var word in words.Split(','))
                yield return new(word.Split(' '), field, Common);
    }

    private static IEnumerable<ValuePhrase> ValuesOf(EntitySchema entity)
    {
        var enums = entity.Fields.Where(f => f.Kind == FieldKind.Enum).ToList();
        var own = enums.SelectMany(f => f.Values).Select(v => string.Join(' ', WordsOf(v))).ToHashSet(StringComparer.Ordinal);
        foreach (var field in enums)
            foreach (var value in field.Values)
            {
                var words = WordsOf(value);
                yield return new(words, field, value, Own);
                var key = string.Join('_', words);
                foreach (var other in Synonyms(key).Where(s => !own.Contains(s)))
                    yield return new(other.Split(' '), field, value, Common);
                if (words.Length < 2)
                    continue;
                foreach (var part in words.Where(w => w.Length > 2 && !Lexicon.Filler.Contains(w)))
                    foreach (var form in Synonyms(part).Prepend(part).Where(s => !own.Contains(s)).Distinct(StringComparer.Ordinal))
                        yield return new(form.Split(' '), field, value, Part);
            }

        foreach (var field in entity.Fields.Where(f => f.Kind == FieldKind.Boolean))
        {
            var words = WordsOf(field.Name);
            var said = words is ["is" or "has", ..] && words.Length > 1 ? words[1..] : words;
            yield return new(said, field, "true", Own);
            foreach (var negated in Negatives.Of(said).Where(n => !own.Contains(n)))
                yield return new([negated], field, "true", Common, Negated: true);
        }

        foreach (var field in enums)
            foreach (var value in field.Values.Where(v => Negatives.IsPlain(entity, field, v)))
                foreach (var negated in Synonyms(string.Join('_', WordsOf(value))).Select(s => s.Split(' ')).Prepend(WordsOf(value)).SelectMany(Negatives.Of).Where(n => !own.Contains(n)).Distinct(StringComparer.Ordinal))
                    yield return new([negated], field, value, Common, Negated: true);
    }

    private static string[] Synonyms(string value) =>
        Concepts.ValueWords.TryGetValue(value, out var words) ? words.Split(',') : [];
}
