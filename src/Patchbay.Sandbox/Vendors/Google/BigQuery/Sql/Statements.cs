namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;

/// <summary>One statement. A text has exactly one; scripts are refused.</summary>
internal abstract record Statement(int At);

internal sealed record QueryStatement(int At, Query Query) : Statement(At);

/// <param name="Rows">VALUES: null stands for DEFAULT; null when there is a query.</param>
internal sealed record InsertStatement(int At, IReadOnlyList<string> Table, IReadOnlyList<string>? Columns, IReadOnlyList<IReadOnlyList<Expr?>>? Rows, Query? Query) : Statement(At);

/// <param name="Sets">A null value is DEFAULT.</param>
internal sealed record UpdateStatement(int At, IReadOnlyList<string> Table, string? Alias, IReadOnlyList<(int At, string Column, Expr? Value)> Sets, FromItem? From, Expr? Where) : Statement(At);

internal sealed record DeleteStatement(int At, IReadOnlyList<string> Table, string? Alias, Expr? Where) : Statement(At);

internal sealed record TruncateStatement(int At, IReadOnlyList<string> Table) : Statement(At);

internal sealed record MergeStatement(int At, IReadOnlyList<string> Table, string? Alias, FromItem Using, Expr On, IReadOnlyList<MergeClause> Clauses) : Statement(At);

/// <param name="When">MATCHED, NOT MATCHED, NOT MATCHED BY SOURCE.</param>
/// <param name="Sets">Of an UPDATE.</param>
/// <param name="Insert">Of an INSERT; no values means ROW.</param>
internal sealed record MergeClause(int At, string When, Expr? And, IReadOnlyList<(int At, string Column, Expr? Value)>? Sets, (IReadOnlyList<string>? Columns, IReadOnlyList<Expr?>? Values)? Insert);

internal sealed record ColumnDefinition(int At, string Name, SqlType Type, bool Required, string? Default, string? Description);

internal sealed record CreateTableStatement(int At, IReadOnlyList<string> Table, bool Replace, bool IfNotExists, IReadOnlyList<ColumnDefinition>? Columns, Query? Query, string? Description) : Statement(At);

internal sealed record CreateViewStatement(int At, IReadOnlyList<string> Table, bool Replace, bool IfNotExists, string Text, Query Query) : Statement(At);

internal sealed record CreateSchemaStatement(int At, IReadOnlyList<string> Name, bool IfNotExists) : Statement(At);

/// <param name="Kind">TABLE, VIEW or SCHEMA.</param>
internal sealed record DropStatement(int At, string Kind, IReadOnlyList<string> Name, bool IfExists, bool Cascade) : Statement(At);
