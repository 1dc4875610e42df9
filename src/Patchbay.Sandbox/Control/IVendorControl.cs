namespace Patchbay.Sandbox.Control;

/// <summary>A vendor that adds paths of its own below /_sandbox/{vendor}/.</summary>
internal interface IVendorControl
{
    void MapControl(IEndpointRouteBuilder routes);
}
