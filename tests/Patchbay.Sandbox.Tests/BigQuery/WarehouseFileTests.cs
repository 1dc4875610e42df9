namespace Patchbay.Sandbox.Tests.BigQuery;

/// <summary>A file of CREATE TABLE and INSERT lines, as a generator of evaluation data writes them, becomes tables that GoogleSQL can be asked over.</summary>
public sealed class WarehouseFileTests
{
    private const string Lines = """
        -- a comment
        DROP TABLE IF EXISTS orders;
        CREATE TABLE customers (customer_id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, signup_date DATE NOT NULL);
        CREATE TABLE orders (order_id INTEGER NOT NULL PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers(customer_id), order_date DATE NOT NULL, total NUMERIC NOT NULL, sales_rep TEXT);
        INSERT INTO customers VALUES (1,'Ada, the ''First''','2026-01-31');
        INSERT INTO customers VALUES (2,'Bo','2026-05-01');
        INSERT INTO orders VALUES (10,1,'2026-06-01',12.50,NULL);
        INSERT INTO orders VALUES (11,2,'2026-06-02',7.25,'Mara');
        INSERT INTO orders VALUES (12,2,'2026-05-02',0.10,'Mara');
        """;

    [Fact]
    public void A_warehouse_file_is_loaded_and_asked()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Lines);
            using var bench = new SqlBench().Load(file);
            bench.Text("SELECT name, SUM(total) AS t FROM orders JOIN customers USING (customer_id) WHERE order_date >= DATE_TRUNC(DATE '2026-06-30', MONTH) GROUP BY name ORDER BY t DESC").ShouldBe("Ada, the 'First'|12.5\nBo|7.25");
            bench.Text("SELECT COUNT(*) FROM orders WHERE sales_rep IS NULL").ShouldBe("1");
            bench.Types("SELECT * FROM orders").ShouldBe("order_id INT64, customer_id INT64, order_date DATE, total NUMERIC, sales_rep STRING");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
