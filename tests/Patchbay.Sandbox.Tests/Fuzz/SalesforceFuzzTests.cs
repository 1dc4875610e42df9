using FsCheck;
using FsCheck.Fluent;
using Patchbay.Sandbox.Vendors.Salesforce;
using Patchbay.Sandbox.Vendors.Salesforce.Bulk;
using Patchbay.Sandbox.Vendors.Salesforce.Soql;
using Patchbay.Sandbox.Vendors.Salesforce.Sosl;

namespace Patchbay.Sandbox.Tests.Fuzz;

/// <summary>Whatever comes in, the readers either understand it or refuse it; they never fail in another way.</summary>
public sealed class SalesforceFuzzTests
{
    private static readonly string[] Words =
        ["SELECT", "Id", "FROM", "Lead", "WHERE", "(", ")", ",", "=", "!=", "'x'", "5", "-1.5", "2026-01-01", "2026-01-01T00:00:00Z", "LAST_N_DAYS", ":", "AND", "OR", "NOT", "IN", "LIKE", "GROUP", "BY", "ORDER", "HAVING", "COUNT", "LIMIT", "NULLS", "LAST", "TYPEOF", "WHEN", "THEN", "END", "FIELDS", "ALL", ".", "*", "{", "FIND", "RETURNING"];

    private static readonly Gen<string> Queries = Gen.Elements(Words).ListOf().Select(words => string.Join(' ', words));

    [Fact]
    public void Any_text_is_a_query_or_is_refused() => Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text => Quiet(() => SoqlParser.Parse(text ?? ""))).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_row_of_words_is_a_query_or_is_refused() => Prop.ForAll(Queries.ToArbitrary(), text => Quiet(() => SoqlParser.Parse("SELECT " + text))).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_row_of_words_is_a_search_or_is_refused() => Prop.ForAll(Queries.ToArbitrary(), text => Quiet(() => SoslQuery.Parse("FIND {" + text))).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_is_a_search_term_or_is_refused() => Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text => Quiet(() => new SoslWords(text ?? "").Match(["some text"]))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_deep_query_is_refused_and_ends_nothing()
    {
        Should.Throw<SalesforceRefusal>(() => SoqlParser.Parse("SELECT Id FROM Lead WHERE " + new string('(', 50_000)));
        Should.Throw<SalesforceRefusal>(() => SoqlParser.Parse("SELECT Id FROM Lead WHERE " + string.Concat(Enumerable.Repeat("NOT ", 20_000))));
        Should.Throw<SalesforceRefusal>(() => SoqlParser.Parse("SELECT " + string.Concat(Enumerable.Repeat("a(", 30_000))));
    }

    [Fact]
    public void What_is_written_as_csv_reads_back() => Prop.ForAll(ArbMap.Default.ArbFor<string?[]>(), cells =>
    {
        // A line end inside a cell survives; a lone carriage return outside quotes would not, and is never written so.
        string[] row = [.. cells.Select(cell => cell ?? ""), "end"];
        var read = Csv.Read(Csv.Write([row, row], ',', "\n"), ',')!;
        return read.Count == 2 && read.All(one => one.SequenceEqual(row));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_id_of_fifteen_and_one_of_eighteen_characters_are_the_same() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), number =>
    {
        var id = SalesforceIds.Of("00Q", number);
        return SalesforceIds.TryRead(id[..15], out var fromShort) && fromShort == id && SalesforceIds.TryRead(id.ToLowerInvariant(), out var repaired) && repaired == id;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "%", true)]
    [InlineData("abc", "a%c", true)]
    [InlineData("abc", "A_C", true)]
    [InlineData("abc", "a_", false)]
    [InlineData("50%", "50\\%", true)]
    [InlineData("500", "50\\%", false)]
    [InlineData("mississippi", "%iss%ip%", true)]
    public void Like_knows_its_wildcards(string text, string pattern, bool fits) => SoqlValues.Like(text, pattern).ShouldBe(fits);

    private static bool Quiet(Action action)
    {
        try
        {
            action();
        }
        catch (SalesforceRefusal)
        {
            // A refusal is an answer.
        }

        return true;
    }
}
