using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace Patchbay.Sandbox.Pages;

/// <summary>
/// Finished markup. It comes only from an interpolated literal whose every hole is encoded, so foreign text
/// cannot become markup by forgetting a call.
/// </summary>
internal readonly record struct Html
{
    private readonly string? markup;

    private Html(string markup) => this.markup = markup;

    public static Html Empty => default;

    /// <summary><c>Html.Of($"&lt;p&gt;{text}&lt;/p&gt;")</c>: text is encoded, <see cref="Html"/> and lists of it are kept.</summary>
    public static Html Of(Builder markup) => new(markup.ToString());

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part.ToString())));

    /// <summary>The markup when <paramref name="condition"/> holds, else nothing.</summary>
    public static Html If(bool condition, Builder markup) => condition ? Of(markup) : Empty;

    public override string ToString() => markup ?? "";

    [InterpolatedStringHandler]
    internal readonly struct Builder(int literalLength, int formattedCount)
    {
        private readonly StringBuilder text = new(literalLength + (formattedCount * 16));

        public void AppendLiteral(string value) => text.Append(value);

        public void AppendFormatted<T>(T value)
        {
            switch (value)
            {
                case Html html:
                    text.Append(html);
                    break;
                case string words:
                    text.Append(HtmlEncoder.Default.Encode(words));
                    break;
                case IEnumerable<Html> parts:
                    foreach (var part in parts)
                        text.Append(part);
                    break;
                case null:
                    break;
                case IEnumerable:
                    throw new ArgumentException("A list in markup must be a list of Html.");
                default:
                    text.Append(HtmlEncoder.Default.Encode(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
                    break;
            }
        }

        public override string ToString() => text.ToString();
    }
}
