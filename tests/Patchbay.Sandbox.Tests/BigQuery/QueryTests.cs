namespace Patchbay.Sandbox.Tests.BigQuery;

/// <summary>Whole queries over small tables.</summary>
public sealed class QueryTests
{
    private static SqlBench Shop() => new SqlBench()
        .Table("customers", "id INT64, name STRING, country STRING", ["1", "Ada", "DE"], ["2", "Bo", "FR"], ["3", "Cy", null])
        .Table("orders", "order_id INT64, customer_id INT64, day DATE, amount NUMERIC, rate FLOAT64",
            ["10", "1", "2026-01-05", "10.50", "0.5"], ["11", "1", "2026-02-07", "20", "0.25"], ["12", "2", "2026-02-20", "5.25", null], ["13", "9", "2026-03-01", "100", "1"]);

    [Theory]
    [InlineData("SELECT name FROM customers WHERE country IS NOT NULL ORDER BY name DESC", "Bo\nAda")]
    [InlineData("SELECT * EXCEPT (country) REPLACE (UPPER(name) AS name) FROM customers WHERE id = 1", "1|ADA")]
    [InlineData("SELECT c.* FROM customers AS c WHERE c.id = 2", "2|Bo|FR")]
    [InlineData("SELECT DISTINCT customer_id FROM orders ORDER BY 1", "1\n2\n9")]
    [InlineData("SELECT c.name, o.amount FROM customers c JOIN orders o ON o.customer_id = c.id ORDER BY o.amount", "Bo|5.25\nAda|10.5\nAda|20")]
    [InlineData("SELECT c.name, COUNT(o.order_id) AS n FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.name ORDER BY n DESC, name", "Ada|2\nBo|1\nCy|0")]
    [InlineData("SELECT id, order_id FROM customers c FULL JOIN orders o ON c.id = o.customer_id ORDER BY id, order_id", "NULL|13\n1|10\n1|11\n2|12\n3|NULL")]
    [InlineData("SELECT order_id FROM customers c RIGHT JOIN orders o ON c.id = o.customer_id WHERE c.id IS NULL", "13")]
    [InlineData("SELECT id, a.name FROM customers a JOIN (SELECT id, country FROM customers) b USING (id) WHERE b.country = 'FR'", "2|Bo")]
    [InlineData("SELECT COUNT(*) FROM customers, orders", "12")]
    [InlineData("SELECT COUNT(*), COUNT(country), COUNT(DISTINCT country), COUNTIF(country = 'DE'), APPROX_COUNT_DISTINCT(name) FROM customers", "3|2|2|1|3")]
    [InlineData("SELECT SUM(amount), AVG(amount), MIN(amount), MAX(amount), SUM(rate), AVG(rate) FROM orders", "135.75|33.9375|5.25|100|1.75|0.5833333333333334")]
    [InlineData("SELECT SUM(order_id), AVG(order_id) FROM orders WHERE FALSE", "NULL|NULL")]
    [InlineData("SELECT EXTRACT(MONTH FROM day) AS m, SUM(amount) FROM orders GROUP BY m ORDER BY m", "1|10.5\n2|25.25\n3|100")]
    [InlineData("SELECT DATE_TRUNC(day, MONTH) AS day, COUNT(*) AS n FROM orders GROUP BY day ORDER BY day", "2026-01-01|1\n2026-02-01|2\n2026-03-01|1")]
    [InlineData("SELECT FORMAT_DATE('%Y-%m', day), COUNT(*) FROM orders GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 2", "2026-02|2\n2026-01|1")]
    [InlineData("SELECT customer_id, SUM(amount) AS total FROM orders GROUP BY customer_id HAVING total > 10 AND COUNT(*) > 0 ORDER BY total DESC", "9|100\n1|30.5")]
    [InlineData("SELECT customer_id + 1 AS k, COUNT(*) FROM orders GROUP BY customer_id + 1 ORDER BY k", "2|2\n3|1\n10|1")]
    [InlineData("SELECT customer_id, COUNT(*) AS n FROM orders GROUP BY ROLLUP(customer_id) ORDER BY customer_id", "NULL|4\n1|2\n2|1\n9|1")]
    [InlineData("SELECT country, name, COUNT(*), GROUPING(name) FROM customers WHERE country IS NOT NULL GROUP BY GROUPING SETS ((country, name), ()) ORDER BY 1, 2", "NULL|NULL|2|1\nDE|Ada|1|0\nFR|Bo|1|0")]
    [InlineData("SELECT country, COUNT(*) AS n FROM customers GROUP BY ALL ORDER BY country", "NULL|1\nDE|1\nFR|1")]
    [InlineData("SELECT order_id, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY day DESC) AS rn FROM orders ORDER BY order_id", "10|2\n11|1\n12|1\n13|1")]
    [InlineData("SELECT order_id FROM orders QUALIFY ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY day DESC) = 1 ORDER BY amount", "12\n11\n13")]
    [InlineData("SELECT country, c.id, SUM(amount) AS total FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY 1, 2 QUALIFY ROW_NUMBER() OVER (ORDER BY total DESC) = 1", "DE|1|30.5")]
    [InlineData("SELECT (SELECT MAX(x) FROM UNNEST([id, 2]) AS x) AS m, COUNT(*) FROM customers GROUP BY 1 ORDER BY m", "2|2\n3|1")]
    [InlineData("SELECT COUNT(*) FROM customers a, customers b JOIN orders o ON o.customer_id = a.id, UNNEST([1, 2])", "18")]
    [InlineData("SELECT a.id, b.order_id, c.order_id FROM customers a JOIN orders b ON a.id = b.customer_id JOIN orders c USING (customer_id) WHERE b.order_id < c.order_id", "1|10|11")]
    [InlineData("SELECT order_id, SUM(amount) OVER (ORDER BY day) AS running FROM orders ORDER BY day", "10|10.5\n11|30.5\n12|35.75\n13|135.75")]
    [InlineData("SELECT order_id, AVG(amount) OVER (ORDER BY day ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM orders ORDER BY 1", "10|10.5\n11|15.25\n12|12.625\n13|52.625")]
    [InlineData("SELECT order_id, LAG(amount) OVER w AS before, LEAD(order_id, 1, 0) OVER w FROM orders WINDOW w AS (ORDER BY day) ORDER BY 1", "10|NULL|11\n11|10.5|12\n12|20|13\n13|5.25|0")]
    [InlineData("SELECT RANK() OVER (ORDER BY customer_id), DENSE_RANK() OVER (ORDER BY customer_id), NTILE(2) OVER (ORDER BY order_id) FROM orders ORDER BY order_id", "1|1|1\n1|1|1\n3|2|2\n4|3|2")]
    [InlineData("SELECT FIRST_VALUE(rate IGNORE NULLS) OVER (ORDER BY order_id DESC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM orders LIMIT 1", "1")]
    [InlineData("SELECT DISTINCT PERCENTILE_CONT(amount, 0.5) OVER () FROM (SELECT CAST(amount AS FLOAT64) AS amount FROM orders)", "15.25")]
    [InlineData("SELECT m, s, SUM(s) OVER (ORDER BY m) AS c FROM (SELECT EXTRACT(MONTH FROM day) AS m, SUM(amount) AS s FROM orders GROUP BY 1) ORDER BY m", "1|10.5|10.5\n2|25.25|35.75\n3|100|135.75")]
    [InlineData("SELECT EXTRACT(MONTH FROM day) AS m, ROUND(100 * SUM(amount) / SUM(SUM(amount)) OVER (), 1) AS share FROM orders GROUP BY m ORDER BY share DESC", "3|73.7\n2|18.6\n1|7.7")]
    [InlineData("WITH t AS (SELECT customer_id, SUM(amount) AS s FROM orders GROUP BY 1), u AS (SELECT * FROM t WHERE s > 6) SELECT COUNT(*) FROM u", "2")]
    [InlineData("WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 4) SELECT SUM(i) FROM n", "10")]
    [InlineData("SELECT id FROM customers UNION ALL SELECT customer_id FROM orders ORDER BY id LIMIT 3", "1\n1\n1")]
    [InlineData("SELECT id FROM customers UNION DISTINCT SELECT customer_id FROM orders ORDER BY 1", "1\n2\n3\n9")]
    [InlineData("(SELECT customer_id FROM orders) EXCEPT DISTINCT SELECT id FROM customers", "9")]
    [InlineData("SELECT id FROM customers INTERSECT DISTINCT SELECT customer_id FROM orders ORDER BY id", "1\n2")]
    [InlineData("SELECT 1 AS x UNION ALL SELECT 2.5 ORDER BY x", "1\n2.5")]
    [InlineData("SELECT name, (SELECT SUM(amount) FROM orders o WHERE o.customer_id = c.id) AS s FROM customers c ORDER BY s DESC", "Ada|30.5\nBo|5.25\nCy|NULL")]
    [InlineData("SELECT name FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.amount > 15)", "Ada")]
    [InlineData("SELECT name FROM customers WHERE id NOT IN (SELECT customer_id FROM orders) ORDER BY 1", "Cy")]
    [InlineData("SELECT country, (SELECT COUNT(*) FROM orders o WHERE o.customer_id = c.id) AS n FROM customers c GROUP BY c.id, country ORDER BY c.id", "DE|2\nFR|1\nNULL|0")]
    [InlineData("SELECT STRING_AGG(name, ', ' ORDER BY name DESC), STRING_AGG(DISTINCT country) FROM customers", "Cy, Bo, Ada|DE,FR")]
    [InlineData("SELECT ARRAY_AGG(order_id ORDER BY amount DESC LIMIT 2), ANY_VALUE(order_id HAVING MAX amount), MAX_BY(order_id, rate) FROM orders", "[13,11]|13|13")]
    [InlineData("SELECT LOGICAL_AND(amount > 1), LOGICAL_OR(amount > 50) FROM orders", "true|true")]
    [InlineData("SELECT ROUND(STDDEV(order_id), 3), VAR_POP(order_id), CORR(order_id, order_id) FROM orders", "1.291|1.25|1")]
    [InlineData("SELECT APPROX_QUANTILES(order_id, 3), APPROX_TOP_COUNT(customer_id, 1) FROM orders", "[10,11,12,13]|[[1,2]]")]
    [InlineData("SELECT x, o FROM UNNEST(['a', 'b']) AS x WITH OFFSET AS o ORDER BY o DESC", "b|1\na|0")]
    [InlineData("SELECT d, COUNT(order_id) FROM UNNEST(GENERATE_DATE_ARRAY('2026-02-06', '2026-02-08')) AS d LEFT JOIN orders ON day = d GROUP BY d ORDER BY d", "2026-02-06|0\n2026-02-07|1\n2026-02-08|0")]
    [InlineData("SELECT k, v FROM UNNEST([STRUCT('a' AS k, 1 AS v), ('b', 2)]) WHERE v > 1", "b|2")]
    [InlineData("SELECT id, t FROM (SELECT 1 AS id, ['x', 'y'] AS tags) AS s, s.tags AS t ORDER BY t", "1|x\n1|y")]
    [InlineData("SELECT id, t FROM (SELECT 1 AS id, ['x'] AS tags UNION ALL SELECT 2, []) AS s LEFT JOIN UNNEST(s.tags) AS t ORDER BY id", "1|x\n2|NULL")]
    [InlineData("SELECT COUNT(*) FROM (SELECT 1 FROM customers GROUP BY country)", "3")]
    [InlineData("SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM orders GROUP BY customer_id)", "2")]
    [InlineData("SELECT a.id FROM customers a CROSS JOIN customers b WHERE a.id < b.id ORDER BY a.id DESC LIMIT 1 OFFSET 1", "1")]
    [InlineData("SELECT IF(amount > 10, 'big', 'small') AS size, COUNT(*) AS n FROM orders GROUP BY size ORDER BY size", "big|3\nsmall|1")]
    [InlineData("SELECT UPPER(name) AS name FROM customers ORDER BY LOWER(name) DESC LIMIT 1", "CY")]
    [InlineData("SELECT SUM(amount) / COUNT(*) AS a FROM orders WHERE day BETWEEN '2026-01-01' AND '2026-02-28' ORDER BY a / 2", "11.916666667")]
    [InlineData("SELECT name FROM customers ORDER BY country DESC NULLS FIRST", "Cy\nBo\nAda")]
    [InlineData("SELECT (SELECT AS STRUCT name, id FROM customers WHERE id = 1).name", "Ada")]
    [InlineData("SELECT c.id FROM (customers c JOIN orders o ON c.id = o.customer_id) LEFT JOIN orders p ON p.order_id = o.order_id + 1 WHERE p.order_id IS NULL", "")]
    [InlineData("((SELECT 1 AS a)) UNION ALL (SELECT 2 LIMIT 1) ORDER BY a DESC", "2\n1")]
    public void Queries_give_their_rows(string sql, string rows)
    {
        using var bench = Shop();
        bench.Text(sql).ShouldBe(rows, bench.Translated(sql));
    }

    [Theory]
    [InlineData("SELEC 1", "Syntax error: Unexpected identifier \"SELEC\" at [1:1]")]
    [InlineData("SELECT 1 FROM", "Syntax error: Expected identifier but got end of statement at [1:14]")]
    [InlineData("SELECT nam FROM customers", "Unrecognized name: nam; Did you mean name? at [1:8]")]
    [InlineData("SELECT\n  c.nope FROM customers c", "Name nope not found inside c at [2:5]")]
    [InlineData("SELECT id FROM customers a, customers b", "Column name id is ambiguous at [1:8]")]
    [InlineData("SELECT name, COUNT(*) FROM customers", "SELECT list expression references column name which is neither grouped nor aggregated at [1:8]")]
    [InlineData("SELECT 1 + 'a'", "No matching signature for operator + for argument types: INT64, STRING. Supported signature: INT64 + INT64; FLOAT64 + FLOAT64; NUMERIC + NUMERIC at [1:10]")]
    [InlineData("SELECT name = 1 FROM customers", "No matching signature for operator = for argument types: STRING, INT64. Supported signature: ANY = ANY at [1:13]")]
    [InlineData("SELECT day = 'x' FROM orders", "Could not cast literal \"x\" to type DATE at [1:12]")]
    [InlineData("SELECT FOO(1)", "Function not found: FOO at [1:8]")]
    [InlineData("SELECT name FROM customers WHERE COUNT(*) > 1", "Aggregate function COUNT not allowed in WHERE clause at [1:34]")]
    [InlineData("SELECT SUM(COUNT(*)) FROM customers", "Aggregations of aggregations are not allowed at [1:12]")]
    [InlineData("SELECT * FROM customers WHERE name", "WHERE clause should return type BOOL, but returns STRING at [1:31]")]
    [InlineData("SELECT 1 UNION ALL SELECT 1, 2", "Queries in UNION ALL have mismatched column count; query 1 has 1 columns, query 2 has 2 columns at [1:20]")]
    [InlineData("SELECT 1 UNION SELECT 2", "Syntax error: Expected keyword ALL or keyword DISTINCT but got keyword SELECT at [1:16]")]
    [InlineData("SELECT RANK() OVER () FROM orders", "Window ORDER BY is required for analytic function rank at [1:8]")]
    [InlineData("SELECT 1/0", "division by zero: 1 / 0")]
    [InlineData("SELECT 9223372036854775807 + order_id FROM orders", "int64 overflow: 9223372036854775807 + 10")]
    [InlineData("SELECT (SELECT id FROM customers)", "Scalar subquery produced more than one element")]
    [InlineData("SELECT CAST('x' AS INT64)", "Could not cast literal \"x\" to type INT64 at [1:13]")]
    [InlineData("SELECT CAST(name AS INT64) FROM customers", "Bad int64 value: Ada")]
    [InlineData("SELECT 'abc", "Syntax error: Unclosed string literal at [1:8]")]
    [InlineData("SELECT 1; SELECT 2", "The Patchbay sandbox does not support scripts of several statements at [1:11]")]
    [InlineData("SELECT * FROM customers PIVOT (COUNT(*) FOR country IN ('DE'))", "The Patchbay sandbox does not support PIVOT at [1:25]")]
    [InlineData("FROM customers |> WHERE id = 1", "Syntax error: Unexpected keyword FROM at [1:1]")]
    [InlineData("SELECT DATE_ADD(DATE '2026-01-01', INTERVAL 1 HOUR)", "DATE_ADD does not support the HOUR date part at [1:8]")]
    [InlineData("SELECT @p", "Query parameter 'p' not found at [1:8]")]
    [InlineData("SELECT 'a' < 1", "No matching signature for operator < for argument types: STRING, INT64. Supported signature: ANY < ANY at [1:12]")]
    [InlineData("SELECT name FROM customers GROUP BY 2", "GROUP BY column number item is out of range. Column numbers must be between 1 and 1 at [1:37]")]
    [InlineData("SELECT [1][OFFSET(3)]", "Array index 3 is out of bounds")]
    [InlineData("SELECT REGEXP_CONTAINS('a', '(')", "Cannot parse regular expression: (")]
    public void Mistakes_are_told_with_their_place(string sql, string message)
    {
        using var bench = Shop();
        bench.Refusal(sql).ShouldBe(message);
    }

    [Fact]
    public void Columns_have_their_names_and_types()
    {
        using var bench = Shop();
        bench.Types("SELECT id, name AS n, 1.5, amount, AVG(order_id) OVER () AS a, [STRUCT(day AS d, TRUE AS b)] AS l, CURRENT_TIMESTAMP() AS t, amount * 2, amount * rate, 'x' FROM customers, orders")
            .ShouldBe("id INT64, n STRING, f2_ FLOAT64, amount NUMERIC, a FLOAT64, l ARRAY<STRUCT<d DATE, b BOOL>>, t TIMESTAMP, f7_ NUMERIC, f8_ FLOAT64, f9_ STRING");
    }

    [Fact]
    public void Parameters_are_values_and_never_text_of_the_query()
    {
        using var bench = Shop();
        bench.Named["NAME"] = (Sandbox.Vendors.Google.BigQuery.Sql.SqlType.String, "Ada' OR 1=1 --");
        bench.Named["IDS"] = (Sandbox.Vendors.Google.BigQuery.Sql.SqlType.ArrayOf(Sandbox.Vendors.Google.BigQuery.Sql.SqlType.Int64), "[1,2]");
        bench.Text("SELECT COUNT(*) FROM customers WHERE name = @name").ShouldBe("0");
        bench.Text("SELECT COUNT(*) FROM customers WHERE id IN UNNEST(@ids)").ShouldBe("2");
        bench.Text("SELECT @NAME").ShouldBe("Ada' OR 1=1 --");
        bench.Refusal("SELECT 'a\\x00b'").ShouldContain("NUL");
        bench.Text("SELECT \"'); DROP TABLE t_customers; --\"").ShouldContain("DROP");
    }

    [Fact]
    public void A_view_is_its_query()
    {
        using var bench = Shop();
        bench.View("big", "SELECT order_id, amount FROM orders WHERE amount > 15");
        bench.Text("SELECT COUNT(*), SUM(b.amount) FROM big AS b").ShouldBe("2|120");
        bench.View("loop", "SELECT * FROM loop");
        bench.Refusal("SELECT * FROM loop").ShouldStartWith("Views are nested too deeply");
    }

    [Fact]
    public void Only_columns_that_are_used_are_read()
    {
        using var bench = Shop();
        bench.Run("SELECT c.name FROM customers c JOIN orders o ON o.customer_id = c.id").Context.Read.Select(read => $"{read.Table.Id}.{read.Table.Columns[read.Column].Name}")
            .ShouldBe(["p.d.customers.name", "p.d.orders.customer_id", "p.d.customers.id"], ignoreOrder: true);
        bench.Run("SELECT COUNT(*) FROM orders").Context.Read.ShouldBeEmpty();
    }
}
