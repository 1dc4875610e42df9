using System.ComponentModel.DataAnnotations;
using Patchbay.Platform.Chat.Planning;

namespace Patchbay.Platform.Chat.Proposals;

/// <summary>What a proposal shows and what accepting it writes; connections and states are added by whoever stores it.</summary>
public sealed record ProposalContent(
    string Sentence, string When, IReadOnlyList<ProposalStep> Steps, IReadOnlyList<ProposalRequirement> Requirements,
    IReadOnlyList<ProposalFile> Files, string FunctionName, string FlowName, IReadOnlyList<string> Operations,
    IReadOnlyDictionary<string, object> Args, Plan Plan);

/// <param name="Kind">trigger, function or operation.</param>
/// <param name="Connector">Null for our own parts.</param>
/// <param name="Icon">A connector's id, or one of database, clock, hand, code.</param>
public sealed record ProposalStep([property: AllowedValues("trigger", "function", "operation")] string Kind, string Label, string Title, string? Connector, string Icon);

/// <param name="Cannot">What these permissions do not allow, in one sentence.</param>
public sealed record ProposalRequirement(string Connector, string ConnectorName, IReadOnlyList<ProposalPermission> Permissions, string Cannot);

/// <param name="Class">read, write or admin.</param>
/// <param name="IsNew">Not yet approved for this app.</param>
/// <param name="UsedBy">What the function does with it.</param>
public sealed record ProposalPermission(string Scope, string Plain, [property: AllowedValues("read", "write", "admin")] string Class, bool IsNew, IReadOnlyList<string> UsedBy);

/// <param name="Kind">function or flow.</param>
/// <param name="Previous">The content it replaces; null for a new file.</param>
public sealed record ProposalFile(string Path, [property: AllowedValues("function", "flow")] string Kind, int Added, int Removed, string Content, string? Previous);
