using System.Globalization;
using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Library;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Values;

namespace Patchbay.Sandbox.Tests.BigQuery;

/// <summary>Random expressions: what the translation gives is what plain .NET code gives, and no text breaks the parser.</summary>
public sealed class SqlPropertyTests
{
    private static readonly Gen<string> Pieces = Gen.Elements(
        "SELECT ", "FROM ", "t", "WHERE ", "x", "s", "d", "1", "2.5", "'a'", "NULL", "(", ")", "[", "]", ",", ".", "*", "+", "-", "/", "||", "=", "<", " AND ", " OR ", " NOT ", " IN ", " LIKE ", " BETWEEN ", "CASE WHEN ", " THEN ", " END",
        "COUNT(*)", "SUM(x)", " OVER (", "PARTITION BY ", "ORDER BY ", "GROUP BY ", "HAVING ", "QUALIFY ", "LIMIT 1", "WITH w AS (", "UNION ALL ", "EXCEPT DISTINCT ", "JOIN t AS u ", "USING (x)", " ON ", "UNNEST([1,2])", "STRUCT(1 AS a)", "@p", "?", "`t`", "`", "'", "\"", "--", "/*", "\\",
        "CAST(", " AS INT64", "DATE ", "INTERVAL 1 DAY", "EXTRACT(YEAR FROM ", "ARRAY(", "EXISTS(", "SAFE.", "IF(", "<ARRAY<STRUCT<", ">>", "#", ";", "INSERT INTO t VALUES (", "CREATE TABLE q AS ", "\0", "é", "😀", " ").ListOf().Select(list => string.Concat(list));

    [Fact]
    public void No_text_does_anything_but_answer_or_be_refused()
    {
        using var bench = new SqlBench().Table("t", "x INT64, s STRING, d DATE", ["1", "a", "2026-01-01"], ["2", null, null]);
        Check(Gen.OneOf(Pieces, Pieces.Select(text => "SELECT " + text), Pieces.Select(text => $"SELECT {text} FROM t"), ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "")).ToArbitrary(), text =>
        {
            try
            {
                if (StatementParser.Parse(new SqlText(text)) is QueryStatement)
                    bench.Run(text);
            }
            catch (SqlError)
            {
                // Refused: the only other outcome there may be.
            }
        });
    }

    [Fact]
    public void Deep_nesting_and_long_chains_are_answered_or_refused()
    {
        using var bench = new SqlBench();
        foreach (var text in (string[])[new string('(', 5000), "SELECT " + new string('-', 1) + string.Concat(Enumerable.Repeat("(", 3000)) + "1", "SELECT " + string.Concat(Enumerable.Repeat("NOT ", 3000)) + "TRUE",
            string.Concat(Enumerable.Repeat("(SELECT * FROM ", 100)) + "x", "SELECT 1" + string.Concat(Enumerable.Repeat(" + 1", 30_000)), "SELECT 1" + string.Concat(Enumerable.Repeat(" UNION ALL SELECT 1", 5000)), "SELECT 1 FROM t" + string.Concat(Enumerable.Repeat(", t", 5000)), "SELECT " + string.Concat(Enumerable.Repeat("[", 2000)), "SELECT CAST(1 AS " + string.Concat(Enumerable.Repeat("ARRAY<STRUCT<", 1000))])
            bench.Refusal(text).ShouldNotStartWith("no refusal", customMessage: text[..Math.Min(60, text.Length)]);
        bench.Text("SELECT 5 = 1" + string.Concat(Enumerable.Range(0, 2000).Select(number => $" OR {number} = -1"))).ShouldBe("false");
    }

    [Fact]
    public void Integer_arithmetic_is_exact_or_an_overflow()
    {
        using var bench = new SqlBench();
        Check(Ints(4).ToArbitrary(), pair =>
        {
            var (text, value) = pair;
            var answer = bench.Refusal("SELECT " + text);
            if (value() is { } number)
                answer.ShouldBe($"no refusal but: {number}", text);
            else
                answer.ShouldContain("overflow", Case.Insensitive, text);
        }, 300);
    }

    [Fact]
    public void Logic_has_three_values()
    {
        using var bench = new SqlBench();
        Check(Bools(5).ToArbitrary(), pair => bench.Text("SELECT " + pair.Text).ShouldBe(pair.Value switch { true => "true", false => "false", null => "NULL" }, pair.Text), 300);
    }

    [Fact]
    public void Conditions_choose_the_rows_that_plain_code_chooses()
    {
        var random = Gen.Choose(-3, 3).ListOf(12).Sample(1).Single();
        using var bench = new SqlBench().Table("t", "x INT64, y INT64", [.. random.Select((x, index) => new[] { x == 3 ? null : x.ToString(CultureInfo.InvariantCulture), (index % 4).ToString(CultureInfo.InvariantCulture) })]);
        var rows = random.Select((x, index) => (X: x == 3 ? (long?)null : x, Y: (long)(index % 4))).ToList();
        var comparison = from left in Gen.Elements("x", "y") from op in Gen.Elements("=", "!=", "<", ">", "<=", ">=") from right in Gen.Elements("x", "y", "0", "1", "-2") select (left, op, right);
        var condition = from first in comparison from word in Gen.Elements("AND", "OR") from second in comparison from not in Gen.Elements(true, false) select (first, word, second, not);
        Check(condition.ToArbitrary(), c =>
        {
            long? Side(string side, (long? X, long Y) row) => side switch { "x" => row.X, "y" => row.Y, _ => long.Parse(side, CultureInfo.InvariantCulture) };
            bool? Holds((string left, string op, string right) one, (long? X, long Y) row) => Side(one.left, row) is { } a && Side(one.right, row) is { } b
                ? one.op switch { "=" => a == b, "!=" => a != b, "<" => a < b, ">" => a > b, "<=" => a <= b, _ => a >= b }
                : null;
            bool? Whole((long? X, long Y) row) => c.word == "AND" ? And(Holds(c.first, row), Holds(c.second, row)) : Or(Holds(c.first, row), Holds(c.second, row));
            var text = $"{(c.not ? "NOT " : "")}({c.first.left} {c.first.op} {c.first.right} {c.word} {c.second.left} {c.second.op} {c.second.right})";
            bench.Text($"SELECT COUNT(*), COUNTIF({text}), COUNT(*) - COUNTIF({text}) FROM t WHERE {text}")
                .ShouldBe($"{rows.Count(row => Whole(row) == !c.not)}|{rows.Count(row => Whole(row) == !c.not)}|0", text);
        }, 300);
    }

    [Fact]
    public void Groups_and_windows_add_up_to_what_plain_code_adds_up()
    {
        using var bench = new SqlBench();
        Check(Gen.Choose(-9, 9).ListOf().Where(list => list.Count > 0).ToArbitrary(), list =>
        {
            var array = $"[{string.Join(", ", list)}]";
            var groups = list.GroupBy(x => x % 3).OrderBy(group => group.Key).Select(group => $"{group.Key}|{group.Sum()}|{group.Count()}|{group.Min()}");
            bench.Text($"SELECT MOD(x, 3) AS k, SUM(x), COUNT(*), MIN(x) FROM UNNEST({array}) AS x GROUP BY k ORDER BY k").ShouldBe(string.Join('\n', groups));
            var running = list.Select((_, index) => $"{list.Take(index + 1).Sum()}");
            bench.Text($"SELECT SUM(x) OVER (ORDER BY o ROWS UNBOUNDED PRECEDING) FROM UNNEST({array}) AS x WITH OFFSET AS o ORDER BY o").ShouldBe(string.Join('\n', running));
            var sums = list.Aggregate(new List<int>(), (sums, x) => [.. sums, (sums.Count == 0 ? 0 : sums[^1]) + (x * 10)]);
            bench.Text($"SELECT CAST(100 * SUM(CAST(x AS NUMERIC) / 10) OVER (ORDER BY o) AS INT64) FROM UNNEST({array}) AS x WITH OFFSET AS o ORDER BY o").ShouldBe(string.Join('\n', sums));
        }, 100);
    }

    [Fact]
    public void Numerics_keep_their_value_and_their_order()
    {
        var number = from whole in Gen.Choose(int.MinValue, int.MaxValue) from part in Gen.Choose(0, 999_999_999) select ((BigInteger)whole * Num.One) + (whole < 0 ? -part : part);
        Check((from a in number from b in number select (a, b)).ToArbitrary(), pair =>
        {
            var (a, b) = (Num.Encode(pair.a), Num.Encode(pair.b));
            Num.Decode(a).ShouldBe(pair.a);
            Math.Sign(string.CompareOrdinal(a, b)).ShouldBe(pair.a.CompareTo(pair.b));
            Num.Parse(Num.Format(a)).ShouldBe(a);
            var library = new FunctionLibrary();
            BigInteger Of(string name, params object?[] arguments) => Num.Decode((string)library.Call(name, arguments)!);
            BigInteger Rounded(BigInteger value, BigInteger unit) => (BigInteger.Abs(value) + (unit / 2)) / unit * value.Sign;
            Of("nadd", a, b).ShouldBe(pair.a + pair.b);
            Of("nmul", a, b).ShouldBe(Rounded(pair.a * pair.b, Num.One));
            Of("nround", a, 2L).ShouldBe(Rounded(pair.a, 10_000_000) * 10_000_000);
            Of("npack", library.Call("nhigh", a), library.Call("nlow", a)).ShouldBe(pair.a);
        }, 200);
    }

    [Fact]
    public void Dates_written_by_a_format_are_read_back_by_it()
    {
        var library = new FunctionLibrary();
        Check((from day in Gen.Choose(1, 3_652_058) from format in Gen.Elements("%F", "%d.%m.%Y", "%b %e, %Y", "%Y/%j", "%A %D %Y %m %d") select (day, format)).ToArbitrary(), pair =>
        {
            var kept = Temporal.Of(DateOnly.FromDayNumber(pair.day - 1));
            var text = (string)library.Call("strftime", pair.format, kept, "Date", "UTC")!;
            // Two-digit years and years below 1000 cannot be told from others.
            if (pair.day > 366_000 && !pair.format.Contains("%D", StringComparison.Ordinal))
                library.Call("strptime", pair.format, text, "Date", "UTC").ShouldBe(kept, text);
            foreach (var part in (string[])["MONTH", "QUARTER", "YEAR", "WEEK", "WEEK(THURSDAY)", "ISOWEEK"])
            {
                if (pair.day < 400)
                    continue;
                var start = library.Call("trunc", kept, part, "Date", "UTC");
                library.Call("trunc", start, part, "Date", "UTC").ShouldBe(start, part);
                library.Call("diff", kept, start, part, "Date").ShouldBe(0L, part);
                string.CompareOrdinal((string)start!, kept).ShouldBeLessThanOrEqualTo(0);
            }
        }, 300);
    }

    [Fact]
    public void Like_is_what_a_regular_expression_says()
    {
        var letters = Gen.Elements('a', 'b', '%', '_').ListOf().Select(list => string.Concat(list));
        Check((from text in letters from pattern in letters select (text, pattern)).ToArbitrary(), pair =>
        {
            var regex = new StringBuilder("^");
            foreach (var c in pair.pattern)
                regex.Append(c switch { '%' => ".*", '_' => ".", _ => c.ToString() });
            TextFunctions.Like(pair.text, pair.pattern).ShouldBe(System.Text.RegularExpressions.Regex.IsMatch(pair.text, regex + "$"), $"{pair.text} {pair.pattern}");
        });
    }

    [Fact]
    public void Any_string_survives_the_way_through_the_engine()
    {
        using var bench = new SqlBench();
        Check(ArbMap.Default.GeneratorFor<string>().Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""))).ToArbitrary(), text =>
        {
            bench.Named["P"] = (SqlType.String, text);
            if (text.Contains('\0', StringComparison.Ordinal))
            {
                bench.Refusal("SELECT [@p]").ShouldContain("NUL");
                return;
            }

            bench.Text("SELECT @p").ShouldBe(text);
            bench.Text("SELECT [@p, 'x'][OFFSET(0)]").ShouldBe(text);
            bench.Text("SELECT STRUCT(@p AS a).a").ShouldBe(text);
            bench.Text("SELECT LENGTH(@p)").ShouldBe($"{text.EnumerateRunes().Count()}");
            bench.Text("SELECT REVERSE(REVERSE(@p)) = @p AND @p = CAST(CAST(@p AS BYTES) AS STRING)").ShouldBe("true");
        }, 150);
    }

    private static bool? And(bool? a, bool? b) => a == false || b == false ? false : a is null || b is null ? null : true;

    private static bool? Or(bool? a, bool? b) => a == true || b == true ? true : a is null || b is null ? null : false;

    /// <summary>An expression and what it is worth; null when it overflows.</summary>
    private static Gen<(string Text, Func<long?> Value)> Ints(int depth)
    {
        var leaf = Gen.Elements<long>(0, 1, -1, 7, 1000, int.MaxValue, 3_000_000_019, long.MaxValue, long.MinValue + 1).Select(number => ($"({number})", (Func<long?>)(() => number)));
        if (depth == 0)
            return leaf;
        var below = Ints(depth - 1);
        return Gen.OneOf(leaf, from a in below
                               from b in below
                               from op in Gen.Elements("+", "-", "*")
                               select ($"({a.Item1} {op} {b.Item1})", (Func<long?>)(() => a.Item2() is { } x && b.Item2() is { } y ? Exact(op switch { "+" => (Int128)x + y, "-" => (Int128)x - y, _ => (Int128)x * y }) : null)));
    }

    private static long? Exact(Int128 value) => value >= long.MinValue && value <= long.MaxValue ? (long)value : null;

    private static Gen<(string Text, bool? Value)> Bools(int depth)
    {
        var leaf = Gen.Elements(("TRUE", (bool?)true), ("FALSE", false), ("CAST(NULL AS BOOL)", null));
        if (depth == 0)
            return leaf;
        var below = Bools(depth - 1);
        return Gen.OneOf(
            leaf,
            from a in below from b in below select ($"({a.Item1} AND {b.Item1})", And(a.Item2, b.Item2)),
            from a in below from b in below select ($"({a.Item1} OR {b.Item1})", Or(a.Item2, b.Item2)),
            from a in below select ($"(NOT {a.Item1})", !a.Item2),
            from a in below select ($"({a.Item1} IS NULL)", (bool?)(a.Item2 is null)),
            from a in below from b in below select ($"COALESCE({a.Item1}, {b.Item1})", a.Item2 ?? b.Item2),
            from a in below from b in below select ($"({a.Item1} = {b.Item1})", a.Item2 is null || b.Item2 is null ? (bool?)null : a.Item2 == b.Item2),
            from a in below from b in below from c in below select ($"IF({a.Item1}, {b.Item1}, {c.Item1})", a.Item2 == true ? b.Item2 : c.Item2));
    }

    private static void Check<T>(Arbitrary<T> arbitrary, Action<T> holds, int cases = 600) =>
        Prop.ForAll(arbitrary, holds).Check(Config.QuickThrowOnFailure.WithMaxTest(int.TryParse(Environment.GetEnvironmentVariable("FUZZ_CASES"), out var more) ? more : cases));
}
