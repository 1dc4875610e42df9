namespace Patchbay.Sandbox.Vendors.Notion;

/// <summary>Notion's size limits that clients depend on.</summary>
internal static class NotionLimits
{
    /// <summary>Blocks in one call, nested ones included.</summary>
    public const int Blocks = 1000;

    /// <summary>Entries of any one list of children.</summary>
    public const int Children = 100;

    /// <summary>How many levels of children one call may carry below the first.</summary>
    public const int Nesting = 2;

    /// <summary>What one file of a paid workspace may have; a single part takes 20 MB.</summary>
    public const int FileBytes = 200 * 1024 * 1024;

    public const int PartBytes = 20 * 1024 * 1024;
}
