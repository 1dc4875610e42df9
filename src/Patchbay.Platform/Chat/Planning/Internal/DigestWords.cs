using System.Collections.Frozen;

namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Words that describe many records.</summary>
internal static class DigestWords
{
    public static readonly FrozenSet<string> Kinds = Lexicon.Set("list summary digest report overview recap roundup rundown status agenda lineup");

    public static readonly FrozenSet<string> Count = Lexicon.Set("count number tally");

    /// <summary>Not finished, where the app has no value of that name.</summary>
    public static readonly FrozenSet<string> Unfinished = Lexicon.Set("open unfinished outstanding remaining incomplete undone unresolved pending active unpaid ongoing");

    public static readonly FrozenSet<string> Late = Lexicon.Set("overdue late");

    public static readonly FrozenSet<string> Fresh = Lexicon.Set("new fresh recent newest latest created added received arrived submitted incoming");

    /// <summary>Date fields that say when a thing has to be ready.</summary>
    public static readonly FrozenSet<string> DueFields = Lexicon.Set("due_date due deadline due_at due_on dueDate");

    /// <summary>Date fields that say when a thing takes place.</summary>
    public static readonly FrozenSet<string> HappensFields = Lexicon.Set("start_time starts_at start start_date date event_date scheduled_at scheduled_for startTime startDate appointment_date");

    public static IEnumerable<string> All => Kinds.Concat(Count).Concat(Unfinished).Concat(Late).Concat(Fresh).Concat("many due past today today's tomorrow yesterday week hours sorted".Split(' '));
}
