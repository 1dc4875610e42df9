using Patchbay.Vault;

namespace Patchbay.Platform.Files;

/// <summary>A file somebody gave to an app. Who knows its address may read it, so the id is a secret of 256 bits.</summary>
/// <param name="Id">43 base64url characters.</param>
/// <param name="Name">Safe in an address and in a header: letters, digits, dot, dash and underscore only.</param>
/// <param name="ContentType">As the sender declared it, checked for form only: never believed (<see cref="FileTypes"/>).</param>
/// <param name="Size">Bytes.</param>
public sealed record StoredFile(AppId App, string Id, string Name, string ContentType, long Size, DateTimeOffset CreatedAt);
