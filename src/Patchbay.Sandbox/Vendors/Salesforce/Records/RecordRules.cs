using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;

namespace Patchbay.Sandbox.Vendors.Salesforce.Records;

/// <summary>What Salesforce fills in by itself when a record is saved.</summary>
internal sealed class RecordRules(RecordStore records, TimeProvider time)
{
    /// <param name="org">Whose record.</param>
    /// <param name="type">Its kind.</param>
    /// <param name="values">All its values, as they will be stored.</param>
    /// <param name="written">The fields the caller wrote.</param>
    public void Apply(string org, SObjectType type, JsonObject values, IReadOnlySet<string> written)
    {
        switch (type.Name)
        {
            case "Contact" or "Lead" or "User":
                values["Name"] = $"{Text(values, "FirstName")} {Text(values, "LastName")}".Trim();
                break;
            case "Opportunity":
                Opportunity(values, written);
                break;
            case "Case":
                Case(org, values);
                break;
            case "Task":
                Task(org, values);
                break;
            case "Event":
                Event(org, values, written);
                break;
            case "FeedItem":
                values["CommentCount"] ??= 0;
                values["LikeCount"] ??= 0;
                break;
        }
    }

    private static void Opportunity(JsonObject values, IReadOnlySet<string> written)
    {
        var stage = Text(values, "StageName") ?? "";
        var at = SalesObjects.Stages.ToList().FindIndex(known => string.Equals(known, stage, StringComparison.OrdinalIgnoreCase));
        if (written.Contains("StageName") && !written.Contains("Probability"))
            values["Probability"] = at < 0 ? 0 : SalesObjects.Probabilities[at];
        var won = stage == "Closed Won";
        values["IsWon"] = won;
        values["IsClosed"] = won || stage == "Closed Lost";
        var probability = FieldValues.Number(values["Probability"]) ?? 0;
        var category = won ? "Closed" : stage == "Closed Lost" ? "Omitted" : probability >= 90 ? "Forecast" : probability >= 60 ? "BestCase" : "Pipeline";
        values["ForecastCategory"] = category;
        if (!written.Contains("ForecastCategoryName"))
            values["ForecastCategoryName"] = category switch { "BestCase" => "Best Case", "Forecast" => "Commit", _ => category };
        values["ExpectedRevenue"] = FieldValues.Number(values["Amount"]) is { } amount ? decimal.Round(amount * probability / 100, 2) : null;
        if (Text(values, "CloseDate") is { } close && FieldValues.TryDate(close, out var date))
        {
            var quarter = ((date.Month - 1) / 3) + 1;
            (values["FiscalQuarter"], values["FiscalYear"]) = (quarter, date.Year);
            values["Fiscal"] = string.Create(CultureInfo.InvariantCulture, $"{date.Year} {quarter}");
        }
    }

    private void Case(string org, JsonObject values)
    {
        values["CaseNumber"] ??= records.NextCaseNumber();
        if (values["AccountId"] is null && records.Living(org, Text(values, "ContactId"))?.Text("AccountId") is { } account)
            values["AccountId"] = account;
        var closed = Text(values, "Status") == "Closed";
        values["IsClosed"] = closed;
        values["ClosedDate"] = closed ? values["ClosedDate"]?.DeepClone() ?? Now() : null;
    }

    private void Task(string org, JsonObject values)
    {
        var done = Text(values, "Status") == "Completed";
        values["IsClosed"] = done;
        values["CompletedDateTime"] = done ? values["CompletedDateTime"]?.DeepClone() ?? Now() : null;
        values["IsHighPriority"] = Text(values, "Priority") == "High";
        values["AccountId"] = AccountOf(org, values);
    }

    private void Event(string org, JsonObject values, IReadOnlySet<string> written)
    {
        values["AccountId"] = AccountOf(org, values);
        if (written.Contains("StartDateTime"))
            values["ActivityDateTime"] = values["StartDateTime"]?.DeepClone();
        else if (written.Contains("ActivityDateTime"))
            values["StartDateTime"] = values["ActivityDateTime"]?.DeepClone();
        if (Text(values, "StartDateTime") is not { } begin || !FieldValues.TryMoment(begin, out var start))
        {
            if (Text(values, "ActivityDate") is null)
                throw new SalesforceRefusal("REQUIRED_FIELD_MISSING", "Required fields are missing: [ActivityDateTime]", "ActivityDateTime");
            return;
        }

        if ((written.Contains("EndDateTime") || FieldValues.Number(values["DurationInMinutes"]) is null) && Text(values, "EndDateTime") is { } last && FieldValues.TryMoment(last, out var end))
        {
            if (end < start)
                throw new SalesforceRefusal("FIELD_INTEGRITY_EXCEPTION", "Event duration can't be negative", "DurationInMinutes");
            values["DurationInMinutes"] = (int)(end - start).TotalMinutes;
        }
        else if (FieldValues.Number(values["DurationInMinutes"]) is { } minutes && minutes is >= 0 and < 1_000_000)
        {
            values["EndDateTime"] = FieldValues.Show(start.AddMinutes((double)minutes));
        }
        else
        {
            throw new SalesforceRefusal("REQUIRED_FIELD_MISSING", "Required fields are missing: [DurationInMinutes]", "DurationInMinutes");
        }

        values["ActivityDate"] = FieldValues.Show(DateOnly.FromDateTime(start.UtcDateTime));
    }

    /// <summary>The account an activity counts for: the one it is about, or that of its contact.</summary>
    private string? AccountOf(string org, JsonObject values) => records.Living(org, Text(values, "WhatId")) switch
    {
        { Type: "Account" } account => account.Id,
        { } what when what.Text("AccountId") is { } account => account,
        _ => records.Living(org, Text(values, "WhoId"))?.Text("AccountId"),
    };

    private string Now() => FieldValues.Show(time.GetUtcNow());

    private static string? Text(JsonObject values, string name) => SalesforceJson.Text(values[name]);
}
