using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.Platform.Apps.Entities.Filters;

namespace Patchbay.Platform.Tests.Apps;

public sealed class FilterParserTests
{
    private static readonly string[] Shards =
    [
        "{", "}", "[", "]", ":", ",", "\"a\"", "\"$eq\"", "\"$in\"", "\"$or\"", "\"$not\"", "\"$exists\"", "\"$regex\"", "\"\\ud800\"", "\"\\u0000\"", "1", "1e999", "null", "true", "{\"a\":1}",
        "{\"$or\":[{\"a\":1}]}", "{\"a\":{\"$gt\":1}}", "{\"a\":1,\"a\":2}", " ",
    ];

    private static bool Matches(string filter, string data) =>
        FilterParser.Parse(filter) is not { } parsed || FilterEvaluator.Matches(parsed, (JsonObject)JsonNode.Parse(data)!);

    [Theory]
    [InlineData("""{"a":1}""", """{"a":1.0}""", true)]
    [InlineData("""{"a":1}""", """{"a":"1"}""", false)]
    [InlineData("""{"a":{"$eq":"x"}}""", """{"a":"x"}""", true)]
    [InlineData("""{"a":null}""", "{}", true)]
    [InlineData("""{"a":null}""", """{"a":0}""", false)]
    [InlineData("""{"a":{"$ne":null}}""", """{"a":0}""", true)]
    [InlineData("""{"a":{"$ne":1}}""", "{}", true)]
    [InlineData("""{"a":{"$gt":1,"$lte":3}}""", """{"a":3}""", true)]
    [InlineData("""{"a":{"$gt":1,"$lt":3}}""", """{"a":3}""", false)]
    [InlineData("""{"a":{"$gte":"b"}}""", """{"a":"a"}""", false)]
    [InlineData("""{"a":{"$gte":null}}""", """{"a":null}""", false)]
    [InlineData("""{"a":[1,"x",null]}""", "{}", true)]
    [InlineData("""{"a":[]}""", """{"a":1}""", false)]
    [InlineData("""{"a":{"$in":[1,2]}}""", """{"a":2}""", true)]
    [InlineData("""{"a":{"$nin":[1,2]}}""", """{"a":2}""", false)]
    [InlineData("""{"a":{"$nin":[1,2]}}""", "{}", true)]
    [InlineData("""{"a":{"$exists":true}}""", """{"a":null}""", true)]
    [InlineData("""{"a":{"$exists":false}}""", """{"a":null}""", false)]
    [InlineData("""{"a":{"$not":{"$gt":5}}}""", """{"a":"x"}""", true)]
    [InlineData("""{"$and":[{"a":1},{"b":2}]}""", """{"a":1,"b":2}""", true)]
    [InlineData("""{"$or":[{"a":1},{"b":2}]}""", """{"b":2}""", true)]
    [InlineData("""{"$nor":[{"a":1},{"b":2}]}""", """{"b":2}""", false)]
    [InlineData("""{"$not":{"a":1,"b":2}}""", """{"a":1}""", true)]
    [InlineData("""{"a":1,"$or":[{"b":1},{"b":2}]}""", """{"a":1,"b":2}""", true)]
    [InlineData("{}", "{}", true)]
    [InlineData("", "{}", true)]
    public void A_query_means_what_Base44_says(string filter, string data, bool expected) => Matches(filter, data).ShouldBe(expected);

    [Theory]
    [InlineData("""{"a":{"$regex":"x"}}""", "$regex")]
    [InlineData("""{"$where":"x"}""", "$where")]
    [InlineData("""{"a":{"$not":{"$elemMatch":{}}}}""", "$elemMatch")]
    [InlineData("""{"a":{"b":1}}""", "'a'")]
    [InlineData("""{"a":{}}""", "'a'")]
    [InlineData("""{"a":{"$eq":[1]}}""", "'a'")]
    [InlineData("""{"a":{"$in":1}}""", "$in")]
    [InlineData("""{"a":[[1]]}""", "'a'")]
    [InlineData("""{"a":{"$exists":1}}""", "$exists")]
    [InlineData("""{"a":{"$not":1}}""", "$not")]
    [InlineData("""{"$or":[]}""", "$or")]
    [InlineData("""{"$and":{"a":1}}""", "$and")]
    [InlineData("""{"$nor":[1]}""", "$nor")]
    [InlineData("""{"a":1e999}""", "out of range")]
    [InlineData("""{"a":"\u0000"}""", "cannot be stored")]
    [InlineData("""{"a":"\ud800"}""", "cannot be stored")]
    [InlineData("""{"a":1,"a":2}""", "twice")]
    [InlineData("""{"a":""", "JSON")]
    [InlineData("""[1]""", "JSON object")]
    public void What_is_no_query_is_refused_with_the_reason(string filter, string part) =>
        Should.Throw<FilterException>(() => FilterParser.Parse(filter)).Message.ShouldContain(part);

    [Fact]
    public void Depth_and_size_have_bounds()
    {
        Should.Throw<FilterException>(() => FilterParser.Parse(string.Concat(Enumerable.Repeat("""{"$not":""", 40)) + """{"a":1}""" + new string('}', 40))).Message.ShouldContain("deeper");
        Should.Throw<FilterException>(() => FilterParser.Parse($$"""{"a":[{{string.Join(",", Enumerable.Range(0, 1001))}}]}""")).Message.ShouldContain("1000");
    }

    [Fact]
    public void Times_of_any_ISO_form_compare_with_the_servers_dates()
    {
        var compare = FilterParser.Parse("""{"created_date":{"$gte":"2026-03-01T13:00+01:00"}}""").ShouldBeOfType<RecordFilter.Compare>();
        compare.Value!.GetValue<string>().ShouldBe("2026-03-01T12:00:00.000000Z");
        FilterParser.Parse("""{"due":"2026-03-01"}""").ShouldBeOfType<RecordFilter.Compare>().Value!.GetValue<string>().ShouldBe("2026-03-01");
    }

    [Fact]
    public void Any_text_is_a_filter_or_refused_with_a_message()
    {
        var text = Gen.OneOf(ArbMap.Default.GeneratorFor<string>().Select(t => t ?? ""), Gen.Elements(Shards).ListOf().Select(l => string.Concat(l))).ToArbitrary();
        Prop.ForAll(text, candidate =>
        {
            try
            {
                if (FilterParser.Parse(candidate) is { } filter)
                    _ = FilterEvaluator.Matches(filter, (JsonObject)JsonNode.Parse("""{"a":1,"b":"x"}""")!);
            }
            catch (FilterException e)
            {
                e.Message.ShouldNotBeEmpty();
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Values_made_in_code_compare_like_parsed_ones()
    {
        var data = new JsonObject { ["n"] = 5, ["t"] = "x" };
        FilterEvaluator.Matches(FilterParser.Parse("""{"n":{"$gte":5},"t":"x"}""")!, data).ShouldBeTrue();
        FilterEvaluator.Matches(new RecordFilter.Compare("n", Comparison.Equal, 5L), data).ShouldBeTrue();
    }
}
