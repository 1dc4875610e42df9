using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Patchbay.Vault.Egress.Doors;

/// <summary>The authority that functions trust and nobody else: new per server process, its key in memory only.</summary>
internal sealed class InterceptionCa : IDisposable
{
    private const int MostLeaves = 512;

    private readonly X509Certificate2 _ca;
    private readonly ECDsa _leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ConcurrentDictionary<string, SslStreamCertificateContext> _leaves = new();

    public InterceptionCa(TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Patchbay functions", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = time.GetUtcNow();
        _ca = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        Pem = _ca.ExportCertificatePem() + "\n";
    }

    public string Pem { get; }

    /// <summary>The host must have passed the policy: what may be asked for bounds what is kept.</summary>
    public SslStreamCertificateContext Leaf(string host)
    {
        if (_leaves.TryGetValue(host, out var known))
            return known;
        if (_leaves.Count >= MostLeaves)
            _leaves.Clear();
        return _leaves.GetOrAdd(host, Issue);
    }

    private SslStreamCertificateContext Issue(string host)
    {
        // One key for all leaves: they vouch for the same process, and making keys would be most of the cost.
        var request = new CertificateRequest("CN=egress", _leafKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_ca, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using var bare = request.Create(_ca, _ca.NotBefore, _ca.NotAfter, RandomNumberGenerator.GetBytes(16));
        return SslStreamCertificateContext.Create(bare.CopyWithPrivateKey(_leafKey), additionalCertificates: null, offline: true);
    }

    public void Dispose()
    {
        _ca.Dispose();
        _leafKey.Dispose();
    }
}
