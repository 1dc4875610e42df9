namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;

/// <summary>GROUP BY: expressions, ALL, ROLLUP, CUBE, GROUPING SETS.</summary>
internal sealed class GroupByParser(Cursor cursor, ExpressionParser expressions)
{
    public GroupBy Parse()
    {
        var at = cursor.Take().Start;
        cursor.Take();
        if (cursor.TryTake("ALL"))
            return new GroupBy(at, true, [], null);
        var items = new List<Expr>();
        var sets = new List<List<List<int>>>();
        var plain = true;
        cursor.List(() =>
        {
            if (cursor.TryTake("ROLLUP"))
            {
                plain = false;
                var all = Bracket();
                sets.Add([.. Enumerable.Range(0, all.Count + 1).Select(drop => all.Take(all.Count - drop).SelectMany(group => group).ToList())]);
            }
            else if (cursor.TryTake("CUBE"))
            {
                plain = false;
                var all = Bracket();
                if (all.Count > 8)
                    throw cursor.Source.Error("CUBE has too many elements", at);
                sets.Add([.. Enumerable.Range(0, 1 << all.Count).Reverse().Select(mask => all.Where((_, bit) => (mask >> bit & 1) == 1).SelectMany(group => group).ToList())]);
            }
            else if (cursor.TryTake("GROUPING", "SETS"))
            {
                plain = false;
                sets.Add(Bracket());
            }
            else
            {
                sets.Add([Element()]);
            }

            return true;
        });
        if (plain)
            return new GroupBy(at, false, items, null);
        // Several elements multiply: each set of one with each set of the others.
        var product = sets.Aggregate(new List<IReadOnlyList<int>> { new List<int>() }, (known, next) => [.. known.SelectMany(one => next.Select(other => (IReadOnlyList<int>)[.. one.Concat(other).Distinct()]))]);
        return product.Count > 256 ? throw cursor.Source.Error("Too many grouping sets", at) : new GroupBy(at, false, items, product);

        List<List<int>> Bracket()
        {
            cursor.Expect("(");
            var all = cursor.List(Element);
            cursor.Expect(")");
            return all;
        }

        // One expression, or several in brackets that go together; () is the empty set.
        List<int> Element()
        {
            if (cursor.Are("(", ")"))
            {
                cursor.Take();
                cursor.Take();
                return [];
            }

            var of = expressions.Parse();
            return of is StructLiteral { Type: null } tuple ? [.. tuple.Items.Select(item => Index(item.Value))] : [Index(of)];
        }

        int Index(Expr of)
        {
            items.Add(of);
            return items.Count - 1;
        }
    }
}
