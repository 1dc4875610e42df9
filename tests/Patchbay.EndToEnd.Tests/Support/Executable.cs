using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("linux")]

namespace Patchbay.EndToEnd.Tests.Support;

internal static class Executable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static void Make(string path, bool forAll = false) =>
        File.SetUnixFileMode(path, forAll ? Owner | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute : Owner);
}
