namespace Patchbay.Sandbox.Vendors.Google.Calendar.Methods;

/// <summary>One method of the Calendar API.</summary>
/// <param name="Verb">HTTP method.</param>
/// <param name="Path">Below /calendar/v3.</param>
/// <param name="Name">Google's name, for refusals.</param>
/// <param name="Accepted">Any of these scopes is enough.</param>
/// <param name="Run">Does it; may throw <see cref="GoogleRefusalException"/>.</param>
internal sealed record CalendarMethod(string Verb, string Path, string Name, IReadOnlyList<string> Accepted, Func<CalendarCall, GoogleAnswer> Run);

/// <summary>A family of methods.</summary>
internal interface ICalendarMethods
{
    IEnumerable<CalendarMethod> Methods { get; }
}
