using System.Collections.Frozen;

namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>
/// What people call common things of business apps. It applies to an entity only if the entity's own name is one of
/// <see cref="Names"/>, and never to a word that names another entity or value of the same app.
/// </summary>
/// <param name="Nouns">Other nouns for one record.</param>
/// <param name="Made">Verbs that make one, beyond the general ones, with the noun as object: "books a table".</param>
/// <param name="Happens">Phrases that say without the noun that somebody made one: "signs up".</param>
internal sealed record Concept(string Names, string Nouns, string Made, string Happens);

internal static class Concepts
{
    public static readonly Concept[] All =
    [
        new("task todo actionitem chore", "task,todo,todo item,todo list,action item,chore,task list", "", ""),
        new("ticket supportticket issue case supportrequest helprequest", "ticket,support ticket,issue,support request,support case,help request", "", "asks for help,contacts support,reports a problem"),
        new("booking reservation appointment", "booking,reservation,appointment", "book reserve schedule", "books,reserves,books in"),
        new("visit consultation", "visit,consultation", "book schedule", ""),
        new("deal opportunity", "deal,opportunity", "", ""),
        new("signup registration subscriber", "signup,sign up,registration,new user,registrant,subscriber", "sign", "signs up,registers,subscribes,joins"),
        new("article post blogpost story", "article,blog post,blog article,story,post", "write", ""),
        new("lead prospect inquiry enquiry", "lead,prospect,inquiry,enquiry", "capture", ""),
        new("invoice bill", "invoice,bill", "issue", ""),
        new("order purchase", "order,purchase", "place", "buys,orders,places an order,purchases"),
        new("customer client account", "customer,client", "", ""),
        new("employee staffmember", "employee,staff member", "hire", ""),
        new("application applicant candidate", "application,applicant,candidate", "", "applies"),
        new("feedback review", "feedback,review", "leave", ""),
        new("expense expensereport", "expense,expense report", "", ""),
        new("payment", "payment", "", ""),
        new("incident outage", "incident,outage", "declare", ""),
        new("event", "event", "", ""),
        new("product item", "product,item", "", ""),
        new("project", "project", "", ""),
        new("document file", "document,file", "upload", ""),
        new("comment", "comment", "leave", ""),
        new("contact", "contact", "", ""),
        new("shipment delivery", "shipment,delivery", "ship", ""),
        new("bug defect", "bug,defect", "", ""),
    ];

    public static IEnumerable<string> Verbs => All.SelectMany(c => c.Made.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Field names to what else they are called; applies where the field has the name on the left.</summary>
    public static readonly FrozenDictionary<string, string> FieldWords = new Dictionary<string, string>
    {
        ["due_date"] = "due date,deadline,due", ["status"] = "status,state", ["amount"] = "amount,value,total,sum,price,size", ["priority"] = "priority,prio,urgency",
        ["stage"] = "stage,phase,pipeline stage", ["assigned_to"] = "assignee,owner", ["customer_email"] = "customer email,email,email address", ["email"] = "email,email address",
        ["subject"] = "subject,title", ["title"] = "title,name", ["name"] = "name", ["start_time"] = "start time,start,time", ["body"] = "body,text,description,content",
        ["total"] = "total,amount,value", ["price"] = "price,amount",
    }.ToFrozenDictionary();

    /// <summary>Enum values to what else they are called.</summary>
    public static readonly FrozenDictionary<string, string> ValueWords = new Dictionary<string, string>
    {
        ["done"] = "done,completed,complete,completes,finished,finishes,finish", ["completed"] = "completed,complete,completes,done,finished,finishes",
        ["complete"] = "complete,completed,completes,done,finished", ["resolved"] = "resolved,resolves,resolve,solved,fixed",
        ["closed"] = "closed,closes,close", ["urgent"] = "urgent,critical", ["critical"] = "critical", ["paid"] = "paid,pays,pay,settled",
        ["overdue"] = "overdue,late,past due", ["published"] = "published,publishes,publish,goes live,go live", ["cancelled"] = "cancelled,canceled,cancels,cancel",
        ["canceled"] = "cancelled,canceled,cancels,cancel", ["in_progress"] = "in progress,in_progress,started,underway", ["approved"] = "approved,approves,approve",
        ["rejected"] = "rejected,rejects,reject", ["won"] = "won,win,wins,winning", ["lost"] = "lost,lose,loses", ["sent"] = "sent", ["shipped"] = "shipped,ships,ship",
        ["qualified"] = "qualified,qualifies", ["contacted"] = "contacted", ["delivered"] = "delivered,delivers", ["refunded"] = "refunded,refunds,refund",
        ["open"] = "open", ["high"] = "high", ["low"] = "low", ["confirmed"] = "confirmed,confirms,confirm", ["archived"] = "archived,archives,archive",
        ["failed"] = "failed,fails", ["active"] = "active", ["escalated"] = "escalated,escalates",
    }.ToFrozenDictionary();

    /// <summary>Values after which nothing is left to do: "open tasks" are those with none of them.</summary>
    public static readonly FrozenSet<string> Terminal = Lexicon.Set(
        "done completed complete closed resolved cancelled canceled paid lost won archived rejected delivered finished closedwon closedlost refunded");
}
