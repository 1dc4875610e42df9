namespace Patchbay.Sandbox.Tests.BigQuery;

/// <summary>A few words of SQL that would take the machine's memory. Alone: SQLite counts the memory of the whole process.</summary>
[CollectionDefinition(nameof(QueryMemoryTests), DisableParallelization = true)]
[Collection(nameof(QueryMemoryTests))]
public sealed class QueryMemoryTests
{
    [Theory]
    [InlineData("SELECT LENGTH(TO_JSON_STRING(ARRAY_AGG(REPEAT('x', 100000)))) FROM UNNEST(GENERATE_ARRAY(1, 5000))")]
    [InlineData("SELECT LENGTH(TO_JSON_STRING(ARRAY_AGG(REPEAT('x', 1000000)))) FROM UNNEST(GENERATE_ARRAY(1, 1000000))")]
    [InlineData("SELECT LENGTH(STRING_AGG(REPEAT('x', 1000000), '')) FROM UNNEST(GENERATE_ARRAY(1, 3000))")]
    [InlineData("SELECT REPEAT('x', 1000000) FROM UNNEST(GENERATE_ARRAY(1, 200000))")]
    public void A_query_that_needs_more_memory_than_there_is_for_one_is_refused(string sql)
    {
        using var bench = new SqlBench();

        var before = GC.GetTotalAllocatedBytes();
        var refusal = bench.Refusal(sql);

        refusal.ShouldMatch("^(Resources exceeded during query execution: |Response too large)");
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(8L << 30);
        bench.Text("SELECT 1").ShouldBe("1");
    }
}
