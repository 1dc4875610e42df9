using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google.Calendar;

/// <summary>The palette: 24 colours for calendars and 11 for events, under the ids that Calendar gives them.</summary>
internal static class CalendarColors
{
    public const string Ink = "#1d1d1d";

    public static readonly IReadOnlyDictionary<string, string> Event = Palette(
        "#a4bdfc", "#7ae7bf", "#dbadff", "#ff887c", "#fbd75b", "#ffb878", "#46d6db", "#e1e1e1", "#5484ed", "#51b749", "#dc2127");

    public static readonly IReadOnlyDictionary<string, string> Calendar = Palette(
        "#ac725e", "#d06b64", "#f83a22", "#fa573c", "#ff7537", "#ffad46", "#42d692", "#16a765", "#7bd148", "#b3dc6c", "#fbe983", "#fad165",
        "#92e1c0", "#9fe1e7", "#9fc6e7", "#4986e7", "#9a9cff", "#b99aff", "#c2c2c2", "#cabdbf", "#cca6ac", "#f691b2", "#cd74e6", "#a47ae2");

    public static JsonObject Shape(IReadOnlyDictionary<string, string> palette) =>
        new(palette.Select(color => KeyValuePair.Create(color.Key, (JsonNode?)new JsonObject { ["background"] = color.Value, ["foreground"] = Ink })));

    private static Dictionary<string, string> Palette(params string[] colors) =>
        colors.Select((color, index) => (Id: $"{index + 1}", color)).ToDictionary(pair => pair.Id, pair => pair.color);
}
