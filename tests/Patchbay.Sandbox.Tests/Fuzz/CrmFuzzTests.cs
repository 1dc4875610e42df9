using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.HubSpot;
using Patchbay.Sandbox.Vendors.HubSpot.Crm;
using Patchbay.Sandbox.Vendors.TikTok;
using Patchbay.Sandbox.Vendors.TikTok.Methods;

namespace Patchbay.Sandbox.Tests.Fuzz;

/// <summary>Searches, values, filters and ranges that come from outside never throw, and keep the rules they promise.</summary>
public sealed class CrmFuzzTests
{
    private static readonly string[] Shards =
    [
        "{\"filterGroups\":[", "{\"filters\":[", "{\"propertyName\":\"email\",\"operator\":\"EQ\",\"value\":\"a\"}", "{\"propertyName\":\"amount\",\"operator\":\"BETWEEN\",\"value\":1,\"highValue\":2}",
        "]}", "]", "}", ",", "\"sorts\":[\"-createdate\"]", "\"limit\":9", "\"after\":\"3\"", "\"query\":\"x\"", "{", "[", "null", "1e999", "\"values\":[1,{}]", ":", "\"filters\":", "true", "\"a\":1,\"a\":2",
    ];

    private static readonly Arbitrary<string> Bodies = Gen.OneOf(
        Gen.Elements(Shards).ListOf().Select(list => string.Concat(list)),
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "")).ToArbitrary();

    private static readonly Gen<string> Words = Gen.OneOf(
        Gen.Elements("", "a", "*", "a*", "jo@fern.example", "*@fern.example", "2026-01-01", "1e9", "-5", "9999999999999999", "99999999999999999999", "İ", "\ud800", "bytes 0-1/2", "bytes -1/2", " "),
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""));

    [Fact]
    public void Any_search_is_read_or_refused() => Check(Bodies, body =>
    {
        if (Json.TryParse(body) is not JsonObject search)
            return;
        var (request, refusal) = SearchRequest.Read(search);
        (request is null).ShouldBe(refusal is not null);
        refusal?.Status.ShouldBe(400);
    });

    [Fact]
    public void Every_operator_takes_any_values_and_not_is_the_opposite() => Check(
        (from type in Gen.Elements("string", "number", "date", "datetime", "enumeration", "bool") from value in Words from wanted in Words from high in Words select (type, value, wanted, high)).ToArbitrary(), given =>
    {
        var property = new PropertyDefinition { Name = "p", Label = "P", Type = given.type, FieldType = "text", Group = "g" };
        bool Meets(string name) => SearchMatcher.Meets(new SearchFilter("p", name, given.wanted, given.high, [given.wanted, given.high]), property, given.value);
        var results = SearchRequest.Operators.ToDictionary(name => name, Meets);
        results["HAS_PROPERTY"].ShouldBe(!results["NOT_HAS_PROPERTY"]);
        if (given.value.Length == 0)
            return;
        results["EQ"].ShouldBe(!results["NEQ"]);
        results["IN"].ShouldBe(!results["NOT_IN"]);
        results["CONTAINS_TOKEN"].ShouldBe(!results["NOT_CONTAINS_TOKEN"]);
        (results["LT"] && results["GTE"]).ShouldBeFalse();
        SearchMatcher.Finds(given.wanted, [given.value, null]);
    });

    [Fact]
    public void A_value_in_its_normal_form_stays_so() => Check(
        (from name in Gen.Elements(StandardProperties.Of(ObjectTypes.Contacts).Concat(StandardProperties.Of(ObjectTypes.Tickets)).ToArray()) from text in Words select (name, text)).ToArbitrary(), given =>
    {
        if (PropertyValues.Normal(given.name, given.text, out var normal) is not null)
            return;
        PropertyValues.Normal(given.name, normal, out var again).ShouldBeNull();
        again.ShouldBe(normal);
    });

    [Fact]
    public void List_filters_are_named_as_unknown_or_evaluated() => Check(Bodies, body =>
    {
        if (Json.TryParse($"{{\"filterBranchType\":\"OR\",\"filters\":[{{\"filterType\":\"PROPERTY\",\"property\":\"email\",\"operation\":{{\"operationType\":\"STRING\",\"operator\":\"CONTAINS\",\"value\":{body}}}}}]}}") is not JsonObject branch)
            return;
        PropertyDefinition? Define(string name) => StandardProperties.Find(ObjectTypes.Contacts, name);
        try
        {
            if (ListFilter.Problem(branch, Define) is null)
                _ = ListFilter.Meets(branch, new HubRecord { Id = "1", Portal = "1", Type = "0-1", Properties = new Dictionary<string, string> { ["email"] = "a@b.example" }, CreatedAt = default, UpdatedAt = default }, Define);
        }
        catch (ArgumentException)
        {
            // A repeated member: the API refuses such a body before any of it is read.
        }
    });

    [Fact]
    public void Scopes_challenges_ranges_and_chunks_never_throw() => Check(Words.ToArbitrary(), text =>
    {
        _ = HubSpotScopes.Split(text);
        _ = TikTokScopes.Split(text);
        _ = TikTokOAuth.Stored(text);
        _ = HubTime.Parse(text);
        if (TikTokUpload.Parse(text) is var (first, last, total))
            (first <= last && last < total).ShouldBeTrue();
    });

    [Fact]
    public void A_chunk_plan_that_is_accepted_covers_the_video() => Check(
        (from size in Gen.Choose(1, 400_000_000) from chunk in Gen.Choose(1, 80_000_000) from count in Gen.Choose(0, 80) select ((long)size, (long)chunk, (long)count)).ToArbitrary(), given =>
    {
        var (size, chunk, count) = given;
        if (PostMethods.ChunkProblem(size, chunk, count) is null)
            (size - ((count - 1) * chunk)).ShouldBeInRange(chunk, 2 * chunk);
        if (size >= 5 * 1024 * 1024)
            PostMethods.ChunkProblem(size, Math.Min(size, 5 * 1024 * 1024), Math.Max(1, size / Math.Min(size, 5 * 1024 * 1024))).ShouldBeNull();
    });

    private static void Check<T>(Arbitrary<T> arbitrary, Action<T> holds) =>
        Prop.ForAll(arbitrary, holds).Check(Config.QuickThrowOnFailure.WithMaxTest(int.TryParse(Environment.GetEnvironmentVariable("FUZZ_CASES"), out var cases) ? cases : 600));
}
