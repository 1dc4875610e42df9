namespace Patchbay.Sandbox.Vendors;

/// <summary>Maps a vendor's real addresses to paths here: the first segment is the host.</summary>
internal sealed class VendorRoutes(IEndpointRouteBuilder routes, IVendor vendor)
{
    public void Get(string host, string path, RequestDelegate handler) => Add("GET", host, path, handler);

    public void Post(string host, string path, RequestDelegate handler) => Add("POST", host, path, handler);

    public void Put(string host, string path, RequestDelegate handler) => Add("PUT", host, path, handler);

    public void Patch(string host, string path, RequestDelegate handler) => Add("PATCH", host, path, handler);

    public void Delete(string host, string path, RequestDelegate handler) => Add("DELETE", host, path, handler);

    private void Add(string method, string host, string path, RequestDelegate handler)
    {
        if (!vendor.Hosts.Contains(host))
            throw new InvalidOperationException($"{vendor.Name} maps {host}, which is not among its hosts.");
        routes.MapMethods($"/{host}{path}", [method], handler);
    }
}
