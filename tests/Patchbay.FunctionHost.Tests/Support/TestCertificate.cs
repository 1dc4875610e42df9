using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Patchbay.FunctionHost.Tests.Support;

/// <summary>A certificate authority for doors that never get to use it.</summary>
internal static class TestCertificate
{
    public static string Pem { get; } = Create();

    private static string Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test door", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        return certificate.ExportCertificatePem();
    }
}
