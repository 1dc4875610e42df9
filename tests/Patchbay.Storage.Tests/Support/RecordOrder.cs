using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Patchbay.Platform.Apps.Entities;
using Record = Patchbay.Platform.Apps.Entities.Record;

namespace Patchbay.Storage.Tests.Support;

/// <summary>The order of <see cref="RecordSort"/>, said once more and plainly.</summary>
internal sealed class RecordOrder(RecordSort sort) : IComparer<Record>
{
    public int Compare(Record? x, Record? y)
    {
        var (a, b) = (RecordFields.Value(x!, sort.Field), RecordFields.Value(y!, sort.Field));
        var order = Rank(a).CompareTo(Rank(b));
        if (order == 0)
            order = Rank(a) switch
            {
                1 => double.Parse(a!.ToJsonString(), CultureInfo.InvariantCulture).CompareTo(double.Parse(b!.ToJsonString(), CultureInfo.InvariantCulture)),
                2 => Bytes(a).AsSpan().SequenceCompareTo(Bytes(b)),
                3 => a!.GetValue<bool>().CompareTo(b!.GetValue<bool>()),
                _ => 0,
            };
        if (order == 0)
            order = string.CompareOrdinal(x!.Id, y!.Id);
        return sort.Descending ? -order : order;
    }

    private static byte[] Bytes(JsonNode? text) => Encoding.UTF8.GetBytes(text!.GetValue<string>());

    private static int Rank(JsonNode? value) => value?.GetValueKind() switch
    {
        null => 0,
        JsonValueKind.Number => 1,
        JsonValueKind.String => 2,
        JsonValueKind.True or JsonValueKind.False => 3,
        _ => 4,
    };
}
