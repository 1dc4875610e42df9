using System.Collections.Frozen;

namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Words of the part that says what to do.</summary>
internal static class ActionWords
{
    /// <summary>Verbs that bring words to somebody, whatever the tool.</summary>
    public static readonly FrozenSet<string> Notify = Lexicon.Set(
        "send tell notify ping alert inform post announce share write message drop shoot give let put push broadcast update report publish warn remind forward say hear know receive get deliver fire flash leave shout keep");

    public static readonly FrozenSet<string> ByMail = Lexicon.Set("email mail");

    public static readonly FrozenSet<string> BySlack = Lexicon.Set("slack dm");

    /// <summary>What is sent.</summary>
    public static readonly FrozenSet<string> Things = Lexicon.Set(
        "message messages note notes notification notifications alert alerts update updates line word headsup ping post announcement email emails mail mails mention summary details detail info " +
        "information news report overview digest list record entry copy card blurb recap roundup rundown reminder shoutout notice");

    /// <summary>Words that only point at a place or a tool.</summary>
    public static readonly FrozenSet<string> Places = Lexicon.Set("channel room account inbox mailbox workspace connected address automatic off person");

    /// <summary>Purposes of a mail to the person in the record.</summary>
    public static readonly FrozenDictionary<string, Purpose> Purposes = new Dictionary<string, Purpose>
    {
        ["thank"] = Purpose.Thanks, ["thankyou"] = Purpose.Thanks, ["thanks"] = Purpose.Thanks, ["thanking"] = Purpose.Thanks, ["confirmation"] = Purpose.Confirmation, ["confirm"] = Purpose.Confirmation,
        ["confirming"] = Purpose.Confirmation, ["receipt"] = Purpose.Confirmation, ["acknowledgement"] = Purpose.Confirmation,
        ["welcome"] = Purpose.Welcome, ["greet"] = Purpose.Welcome, ["welcoming"] = Purpose.Welcome, ["reminder"] = Purpose.Reminder, ["remind"] = Purpose.Reminder,
        ["congratulate"] = Purpose.Congratulation, ["congratulations"] = Purpose.Congratulation, ["congratulating"] = Purpose.Congratulation, ["congrats"] = Purpose.Congratulation,
    }.ToFrozenDictionary();

    /// <summary>Words for the outside person a record is about; they mean the record's e-mail address.</summary>
    public static readonly FrozenSet<string> Outsiders = Lexicon.Set(
        "customer client guest requester contact buyer attendee subscriber user person them him her submitter reporter patient visitor they registrant newcomer sender applicant payer");

    /// <summary>Words for the inside person a record belongs to.</summary>
    public static readonly FrozenSet<string> Insiders = Lexicon.Set("owner assignee manager agent responsible seller rep");

    /// <summary>Words that name no channel although they stand before "channel".</summary>
    public static readonly FrozenSet<string> NoChannelName = Lexicon.Set(
        "channels a an the our my your their this that same slack main right correct team company public private relevant appropriate some dedicated proper new any one certain specific group");

    public static readonly FrozenSet<string> Groups = Lexicon.Set("team everyone everybody group department staff colleagues crew folks guys people sales support leadership management finance marketing engineering office boss manager managers");

    /// <summary>Things to do that no plan here can say: left unexplained, they make the request another one.</summary>
    public static readonly FrozenSet<string> Others = Lexicon.Set(
        "create add invite archive pin upload schedule assign open close delete remove rename sync import export generate read search reply call wait delay attach translate summarize analyze analyse " +
        "charge refund track show display build make append insert calculate approve book move copy convert download print sign merge react star bookmark kick ban buy pay");

    public static IEnumerable<string> AllVerbs => Notify.Concat(ByMail).Concat(BySlack).Concat(["thank", "confirm", "welcome", "greet", "congratulate", .. Others, "include", "contain", "mention", "connect", "summarize", "list", "count"]);
}
