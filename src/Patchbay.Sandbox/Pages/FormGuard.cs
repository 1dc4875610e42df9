using System.Security.Cryptography;
using System.Text;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Pages;

/// <summary>Keeps other sites from posting a world page's forms: a value only a page of this process can know.</summary>
internal sealed class FormGuard
{
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    public string Token => Secrets.Base64Url(HMACSHA256.HashData(key, "world"u8));

    public bool Allows(HttpRequest request, IFormCollection form) =>
        !Forms.FromElsewhere(request)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(form["guard"].ToString()), Encoding.UTF8.GetBytes(Token));
}
