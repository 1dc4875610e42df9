using Patchbay.Sandbox.Vendors.Google.Sheets.Values;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Formulas;

/// <summary>A formula as a tree.</summary>
internal abstract record FormulaNode;

internal sealed record LiteralNode(CellValue Value) : FormulaNode;

/// <summary>An argument left out, as in IF(A1,,2).</summary>
internal sealed record MissingNode : FormulaNode;

internal sealed record ReferenceNode(A1Range Range) : FormulaNode;

/// <summary>A named range, or a name that means nothing.</summary>
internal sealed record NameNode(string Name) : FormulaNode;

/// <summary>"-", "+" before, or "%" after.</summary>
internal sealed record UnaryNode(string Operator, FormulaNode Inner) : FormulaNode;

internal sealed record BinaryNode(string Operator, FormulaNode Left, FormulaNode Right) : FormulaNode;

internal sealed record CallNode(string Function, IReadOnlyList<FormulaNode> Arguments) : FormulaNode;

/// <summary>{1,2;3,4}.</summary>
internal sealed record ArrayNode(IReadOnlyList<IReadOnlyList<FormulaNode>> Rows) : FormulaNode;
