namespace Patchbay.Platform.Tests.Chat;

/// <summary>
/// Requests put together from parts, and words hidden in them that change what is asked and that no plan can say.
/// A plan that is ready in spite of such words has left them out.
/// </summary>
internal static class DistractorCases
{
    private static readonly string[] Openers = ["When", "whenever", "As soon as", "if", "Every time", "once", "The moment"];

    private static readonly (string Noun, string App)[] Events =
    [
        ("a ticket is created", "helpdesk"), ("an urgent ticket is opened", "helpdesk"), ("a deal is won", "helpdesk"), ("an invoice is paid", "helpdesk"), ("a booking is deleted", "helpdesk"),
        ("a deal worth more than 5000 is created", "helpdesk"), ("the priority of a task changes", "helpdesk"), ("a customer opens a ticket", "helpdesk"), ("somebody signs up", "helpdesk"),
        ("a new lead comes in", "helpdesk"), ("a ticket is updated", "helpdesk"), ("a shipment is lost", "warehouse"), ("an order is cancelled", "warehouse"), ("a leave request is approved", "warehouse"),
        ("a visit is created", "clinic"), ("a repair order is ready", "garage"), ("the stock of a part falls below 5", "garage"), ("a deal moves to Negotiation", "helpdesk"),
    ];

    private static readonly string[] Actions = ["tell #team", "post to #team", "email boss@acme.io", "send a note to #team", "let #team know", "post a message to #team and email boss@acme.io"];

    private static readonly string[] Digests =
    [
        "every day at 9 post open tickets to #team", "every Monday at 10:00 email boss@acme.io the overdue invoices", "Post unfinished tasks to #team on weekdays at 8am", "every 2 hours post urgent tickets to #team",
        "Mondays and Thursdays at 8:30 send #team the open deals", "each friday at 16:00 tell #team how many leads came in", "on the 1st of every month at 9:00 email boss@acme.io all paid invoices", "daily at 18:00 post deals over 10k to #team",
        "every weekday at 7:00 post bookings for tomorrow to #team", "every hour post new leads to #team",
    ];

    /// <summary>Fit behind an event or behind a whole request.</summary>
    private static readonly string[] Hidden =
    [
        "except on Fridays", "but only in March", "unless it is from Berlin", "if it rains", "only on weekends", "without the attachment", "from Germany", "by Anna", "for the second time", "twice", "within an hour", "after 3 days", "before noon",
        "more than three times", "about billing", "in German", "with a pdf", "and delete it", "and assign it to Bob", "or archived", "until Friday", "starting in May", "next week", "again", "early", "never", "no longer", "at most once a day",
        "during business hours", "outside office hours", "in the EU", "whose name starts with A", "while I am away", "once the boss approves", "provided nobody reacts", "and wait a day", "in bold", "to all channels", "and also to the boss", "and #team-leads but not #all",
        "every second one", "half of them", "only the newest", "sorted by size", "anonymously", "except closed ones", "other than mine", "for VIP customers", "assigned to me", "with two attachments", "in less than 2 hours", "that nobody has answered",
        "than last week", "by a manager", "by our staff", "in my region", "on my behalf", "unless I say otherwise", "and not more", "instead of me", "if there are any", "when it is urgent enough", "as long as it is sunny", "barring holidays", "save for Mondays",
        "apart from small ones", "excluding Acme", "minus the old ones", "provided it is big", "given that stock is low", "so long as it matters", "for the first time", "since yesterday", "per customer", "in a thread", "as a private note", "with a link to it", "and translate it",
        "on the second Tuesday", "after lunch", "ten minutes later", "the next morning", "at the latest by 5", "if the moon is full", "in the name of Sales", "like last time", "as usual", "but in capital letters", "and nothing else", "neither more nor less",
        "twice in a row", "and then close it", "with a delay of an hour", "on a Sunday", "in summer", "outside of Europe", "under a false name", "against the rules", "despite errors", "per region", "than before", "too often", "almost", "nearly", "by mistake", "manually",
        "together with the manager", "along with the managers of it", "in place of the team", "from support@acme.io", "not #other", "copying legal", "by a robot", "to the second", "of last year", "this month", "next quarter", "with high hopes", "saying hello there", "so that somebody can email the customer", "and ask them to email the customer", "who did it", "excluding the small ones", "unlike last time", "hardly ever", "to the customer's channel", "after hours", "a bit later", "unless told otherwise",
    ];

    /// <summary>Before the verb of the event.</summary>
    private static readonly string[] Negations = ["is not", "is never", "is no longer", "is almost", "is about to be", "might be", "should be", "is rarely", "was not", "has yet to be", "may be", "is going to be", "is only partly", "is nearly", "can not be", "must be", "is still not", "isn't", "hasn't been", "could be"];

    public static IEnumerable<(string App, string Text)> Plain(Random random)
    {
        foreach (var (noun, app) in Events)
            foreach (var action in Actions)
            {
                var opener = Openers[random.Next(Openers.Length)];
                yield return (app, $"{opener} {noun}, {action}");
                yield return (app, $"{action} {opener.ToLowerInvariant()} {noun}");
            }

        foreach (var digest in Digests)
            yield return ("helpdesk", digest);
    }

    public static IEnumerable<(string App, string Text, string Hidden)> Disturbed(Random random)
    {
        foreach (var hidden in Hidden)
            foreach (var (noun, app) in Events)
            {
                var opener = Openers[random.Next(Openers.Length)];
                var action = Actions[random.Next(Actions.Length)];
                yield return (app, $"{opener} {noun} {hidden}, {action}", hidden);
                yield return (app, $"{opener} {noun}, {action} {hidden}", hidden);
                yield return (app, $"{opener} {noun}, {action}, {hidden}", hidden);
                yield return (app, $"{action} {opener.ToLowerInvariant()} {noun} {hidden}", hidden);
                yield return (app, $"{char.ToUpperInvariant(hidden[0])}{hidden[1..]}, {action} {opener.ToLowerInvariant()} {noun}", hidden);
            }

        foreach (var hidden in Hidden)
            foreach (var digest in Digests)
            {
                yield return ("helpdesk", $"{digest} {hidden}", hidden);
                yield return ("helpdesk", $"{digest}, {hidden}", hidden);
                yield return ("helpdesk", $"{hidden}, {digest}", hidden);
            }

        foreach (var (noun, app) in Events.Where(e => e.Noun.Contains(" is ", StringComparison.Ordinal)))
            foreach (var negation in Negations)
                yield return (app, $"{Openers[random.Next(Openers.Length)]} {noun.Replace(" is ", $" {negation} ", StringComparison.Ordinal)}, {Actions[random.Next(Actions.Length)]}", negation);
    }
}
