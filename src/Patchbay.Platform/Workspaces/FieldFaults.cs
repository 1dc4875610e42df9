using System.Text.Json.Nodes;

namespace Patchbay.Platform.Workspaces;

/// <summary>Collects what is wrong with a form, so that a person corrects it in one go.</summary>
public sealed class FieldFaults
{
    private readonly JsonObject _fields = [];

    public FieldFaults Name(string field, string? value) =>
        Check(field, value?.Trim() is { Length: >= 1 and <= 80 } && !value.Any(char.IsControl), "1 to 80 characters");

    public FieldFaults Email(string field, string? value) => Check(field, WorkspaceService.IsEmail(value), "an e-mail address such as ada@example.com");

    public FieldFaults Password(string field, string? value) =>
        Check(field, value is { Length: >= WorkspaceService.ShortestPassword and <= WorkspaceService.LongestPassword }, $"{WorkspaceService.ShortestPassword} to {WorkspaceService.LongestPassword} characters");

    public FieldFaults Check(string field, bool holds, string wanted)
    {
        if (!holds)
            _fields[field] = wanted;
        return this;
    }

    public void ThrowIfAny()
    {
        if (_fields.Count > 0)
        {
            throw new UserVisibleException(RefusalKind.Invalid, "PB1001",
                "Please correct: " + string.Join("; ", _fields.Select(f => $"{f.Key} must be {f.Value}")) + ".", new JsonObject { ["fields"] = _fields.DeepClone() });
        }
    }
}
