using NodaTime;

namespace Patchbay.Platform.Flows.Triggers;

/// <summary>Time zones by IANA name, from the data that NodaTime carries: the same on every machine.</summary>
public static class TimeZones
{
    /// <summary>Null if there is no such zone.</summary>
    public static DateTimeZone? Find(string? name) => name is null or { Length: > 100 } ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name);
}
