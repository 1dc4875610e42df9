using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Control;

/// <summary>The faults that wait for a call, and the middleware that lets them happen.</summary>
internal sealed class Faults(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly List<Fault> waiting = [];

    public void Add(Fault fault)
    {
        lock (gate)
            waiting.Add(fault);
    }

    public void Clear(string? vendor = null)
    {
        lock (gate)
            waiting.RemoveAll(fault => vendor is null || fault.Vendor == vendor);
    }

    public IReadOnlyList<Fault> Waiting(string vendor)
    {
        lock (gate)
            return [.. waiting.Where(fault => fault.Vendor == vendor)];
    }

    private static readonly object Cut = new();

    /// <summary>Whether the answer is one that is cut.</summary>
    public static bool IsCut(HttpContext context) => context.Items.ContainsKey(Cut);

    /// <summary>Answers a vendor's call through <paramref name="next"/>, or wrongly if a fault waits for it.</summary>
    public async Task RunAsync(HttpContext context, IVendor vendor, RequestDelegate next)
    {
        switch (Take(vendor.Name, context.Request.Path.Value ?? ""))
        {
            case { Kind: FaultKind.Status } fault:
                if (fault.RetryAfter is { } seconds)
                    context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
                await vendor.FailAsync(context, fault.Status);
                break;
            case { Kind: FaultKind.Slow } fault:
                await Task.Delay(fault.Delay, time, context.RequestAborted);
                await next(context);
                break;
            case { Kind: FaultKind.Cut }:
                await CutAsync(context, next);
                break;
            default:
                await next(context);
                break;
        }
    }

    private Fault? Take(string vendor, string path)
    {
        lock (gate)
        {
            var index = waiting.FindIndex(fault => fault.Vendor == vendor && path.StartsWith(fault.Match, StringComparison.Ordinal));
            if (index < 0)
                return null;
            var fault = waiting[index];
            if (fault.Times > 1)
                waiting[index] = fault with { Times = fault.Times - 1 };
            else
                waiting.RemoveAt(index);
            return fault;
        }
    }

    private static async Task CutAsync(HttpContext context, RequestDelegate next)
    {
        context.Items[Cut] = true;
        var wire = context.Response.Body;
        using var whole = new MemoryStream();
        context.Response.Body = whole;
        await next(context);
        context.Response.Body = wire;

        // The promised length is never delivered: the client sees a body that ends too early, not a short answer.
        context.Response.ContentLength = Math.Max(whole.Length, 2);
        var half = (int)(whole.Length / 2);
        await wire.WriteAsync(whole.GetBuffer().AsMemory(0, half), context.RequestAborted);
        await wire.FlushAsync(context.RequestAborted);
        context.Abort();
    }
}
