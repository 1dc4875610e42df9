using System.Collections.Frozen;

namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Words of English that belong to no app. What an app's people say lives in its schema and in <see cref="Concepts"/>.</summary>
internal static class Lexicon
{
    /// <summary>Spellings that would fall apart at the hyphen, to the one form used here.</summary>
    public static readonly FrozenDictionary<string, string> OneWord = new Dictionary<string, string>
    {
        ["e-mail"] = "email", ["e-mails"] = "emails", ["e-mailed"] = "emailed", ["e-mailing"] = "emailing",
        ["to-do"] = "todo", ["to-dos"] = "todos", ["to-do's"] = "todos", ["sign-up"] = "signup", ["sign-ups"] = "signups",
        ["heads-up"] = "headsup", ["follow-up"] = "followup", ["thank-you"] = "thankyou", ["check-in"] = "checkin",
        ["in-progress"] = "in_progress", ["co-worker"] = "coworker", ["mon-fri"] = "weekday", ["wen"] = "when", ["whn"] = "when", ["evry"] = "every", ["teh"] = "the", ["evr"] = "every",
    }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, string> Contractions = new Dictionary<string, string>
    {
        ["i'd"] = "i would", ["i'm"] = "i am", ["i've"] = "i have", ["it's"] = "it is", ["there's"] = "there is", ["let's"] = "let us",
        ["we've"] = "we have", ["we're"] = "we are", ["they're"] = "they are", ["who's"] = "who is", ["that's"] = "that is",
        ["don't"] = "do not", ["doesn't"] = "does not", ["isn't"] = "is not", ["hasn't"] = "has not", ["can't"] = "can not",
        ["won't"] = "will not", ["haven't"] = "have not", ["aren't"] = "are not", ["wasn't"] = "was not", ["weren't"] = "were not", ["hadn't"] = "had not",
        ["didn't"] = "did not", ["shouldn't"] = "should not", ["wouldn't"] = "would not", ["couldn't"] = "could not", ["mustn't"] = "must not", ["cannot"] = "can not", ["ain't"] = "is not",
        ["dont"] = "do not", ["doesnt"] = "does not", ["isnt"] = "is not", ["hasnt"] = "has not", ["cant"] = "can not", ["wont"] = "will not", ["havent"] = "have not", ["arent"] = "are not",
        ["wasnt"] = "was not", ["werent"] = "were not", ["hadnt"] = "had not", ["didnt"] = "did not", ["shouldnt"] = "should not", ["wouldnt"] = "would not", ["couldnt"] = "could not",
        ["someone's"] = "someone", ["pls"] = "please",
        ["plz"] = "please", ["msg"] = "message", ["msgs"] = "messages", ["w"] = "with", ["u"] = "you", ["ur"] = "your", ["asap"] = "immediately",
        ["biz"] = "business", ["wkday"] = "weekday", ["mon"] = "monday", ["tue"] = "tuesday", ["tues"] = "tuesday", ["wed"] = "wednesday",
        ["thu"] = "thursday", ["thur"] = "thursday", ["thurs"] = "thursday", ["fri"] = "friday", ["sat"] = "saturday", ["sun"] = "sunday",
        ["mins"] = "minutes", ["min"] = "minutes", ["hrs"] = "hours", ["hr"] = "hour", ["chan"] = "channel", ["todays"] = "today", ["yesterdays"] = "yesterday", ["tomorrows"] = "tomorrow",
    }.ToFrozenDictionary();

    /// <summary>
    /// Words that carry no meaning of their own in such requests. Never among them: negations, exceptions,
    /// alternatives and quantities, because leaving one out changes what is asked.
    /// </summary>
    public static readonly FrozenSet<string> Filler = Set(
        "a an the please kindly can could would will shall you i we us our my your me to of in on at for with from into by as it its it's this that these those " +
        "they them their his her there then so and is are be been being am was were has have had do does get gets got getting just also too now here like want wants " +
        "need needs should must may might let lets make sure automatically always app apps application system workspace right straight away immediately soon " +
        "hey hi hello ok okay thanks set up setup able via using through use about regarding whose which who what someone somebody " +
        "up out own every new single each all any directly instantly real actually simply quick short brief little nice friendly good " +
        "side one ones so plus new very both thx ty cheers");

    /// <summary>Words that change the meaning of what is around them: explained only by a rule that understood them.</summary>
    public static readonly FrozenSet<string> Weighty = Set("not no never unless except without only or but until nor neither either instead than when whenever if once after before while during since " +
        "non un yet anymore hardly barely rarely seldom nobody none nothing excepting excluding exclude excludes excluded barring besides minus omit omitting ignore ignoring skip skipping unlike lacking missing " +
        "stop stops stopped stopping cease ceases quit quits refrain avoid");

    /// <summary>Words that say nothing in a wish ("could you") and much in an event ("could be lost", "all are done", "my deal").</summary>
    public static readonly FrozenSet<string> WeightyInEvent = Set("all my both own must should may might could would can want wants need needs too i");

    /// <summary>Words that say nothing in an event ("a customer who writes") and ask for something in a wish ("tell #sales who won it").</summary>
    public static readonly FrozenSet<string> WeightyInAction = Set("who whom whose why");

    public static FrozenSet<string> Set(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
