using System.Globalization;

namespace Patchbay.Sandbox.Vendors.HubSpot.Crm;

/// <summary>Values that follow from others. They are kept with the record, so that searches and filters see them.</summary>
internal static class CalculatedProperties
{
    public static void Fill(SortedDictionary<string, string> values, ObjectType type, HubRecord record, CrmWorld world)
    {
        values["hs_object_id"] = record.Id;
        values["hs_createdate"] = HubTime.Text(record.CreatedAt);
        // Of deals and tickets an app may say itself when they were made.
        if (type == ObjectTypes.Deals || type == ObjectTypes.Tickets)
            values.TryAdd("createdate", HubTime.Text(record.CreatedAt));
        else
            values[type.Created] = HubTime.Text(record.CreatedAt);
        values["hs_lastmodifieddate"] = values[type.Modified] = HubTime.Text(record.UpdatedAt);

        switch (type.Name)
        {
            case "contacts":
                var name = string.Join(' ', new[] { values.GetValueOrDefault("firstname"), values.GetValueOrDefault("lastname") }.Where(part => !string.IsNullOrEmpty(part)));
                Set(values, "hs_full_name_or_email", name.Length > 0 ? name : values.GetValueOrDefault("email"));
                Set(values, "hs_email_domain", values.GetValueOrDefault("email")?.Split('@')[^1]);
                break;
            case "deals":
                Deal(values, Stage(values, type, record.Portal, world));
                break;
            case "tickets":
                var closed = Stage(values, type, record.Portal, world) is { Closed: true };
                Set(values, "hs_ticket_id", record.Id);
                Set(values, "hs_is_closed", closed ? "true" : "false");
                Set(values, "closed_date", !closed ? null : values.GetValueOrDefault("closed_date") ?? HubTime.Text(record.UpdatedAt));
                break;
            case "line_items":
                Set(values, "amount", Number(values, "price") is { } price ? Text((price * (Number(values, "quantity") ?? 1)) - (Number(values, "discount") ?? 0)) : null);
                break;
        }
    }

    private static void Deal(SortedDictionary<string, string> values, HubStage? stage)
    {
        var probability = stage?.Probability is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : (double?)null;
        var amount = Number(values, "amount");
        Set(values, "hs_deal_stage_probability", stage?.Probability);
        Set(values, "hs_is_closed_won", probability == 1 ? "true" : "false");
        Set(values, "hs_is_closed", probability is 1 or 0 ? "true" : "false");
        Set(values, "hs_closed_amount", probability == 1 && amount is { } won ? Text(won) : "0");
        Set(values, "hs_forecast_amount", amount is { } open && probability is { } chance ? Text(open * chance) : null);
    }

    private static HubStage? Stage(SortedDictionary<string, string> values, ObjectType type, string portal, CrmWorld world) =>
        world.Pipeline(portal, type, values.GetValueOrDefault(type.Stages!.Value.Pipeline, ""))?.Stages.FirstOrDefault(stage => stage.Id == values.GetValueOrDefault(type.Stages!.Value.Stage));

    private static double? Number(SortedDictionary<string, string> values, string name) =>
        double.TryParse(values.GetValueOrDefault(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Text(double number) => number.ToString("0.############", CultureInfo.InvariantCulture);

    private static void Set(SortedDictionary<string, string> values, string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
            values.Remove(name);
        else
            values[name] = value;
    }
}
