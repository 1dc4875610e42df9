using System.Text.Json;

namespace Patchbay.Storage.Tests.Support;

internal static class Same
{
    /// <summary>Compares all there is, lists and JSON included.</summary>
    public static void ShouldBeSameAs<T>(this T actual, T expected) => JsonSerializer.Serialize(actual).ShouldBe(JsonSerializer.Serialize(expected));

    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static void ShouldBeSameAs<T>(this IEnumerable<T> actual, params T[] expected) => JsonSerializer.Serialize(actual.ToArray()).ShouldBe(JsonSerializer.Serialize(expected));
}
