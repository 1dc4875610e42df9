using System.Globalization;
using Patchbay.Platform.Chat.Planning;

namespace Patchbay.Platform.Chat.Code;

/// <summary>One action in TypeScript.</summary>
/// <param name="Constant">Its target as a constant at the top; empty where the record names it.</param>
internal sealed record ActionCode(string Connector, string Constant, IReadOnlyList<string> Setup, string Call)
{
    public static ActionCode Of(Plan plan, AppSchema schema, ActionPlan action, int index, int count)
    {
        var suffix = Suffix(index, count);
        var key = count == 1 ? "key" : $"`${{key}}:{index + 1}`";
        var slack = action.Target is ChannelTarget;
        var message = new MessageWriter(plan, schema, slack ? "slackText" : "shown").Write(action);
        var name = (slack ? "CHANNEL" : "TO") + (suffix.Length > 0 ? "_" + suffix : "");
        var given = $"args?.{(slack ? "channel" : "to")}{suffix} ?? {name}";
        var text = "text" + suffix;
        IReadOnlyList<string> setup = [.. message.Setup, $"const {text} = {message.Body};"];
        return action.Target switch
        {
            ChannelTarget channel => new("slack", $"const {name} = {Ts.Text(channel.Channel)};", setup,
                $"  await postMessage(slack.accessToken, {given}, {text}, {key});\n"),
            AddressTarget addresses => new("gmail", $"const {name} = {Ts.List(addresses.Addresses)};", setup,
                $"  await sendEmail(gmail.accessToken, {given}, {message.Subject}, {text}, {key});\n"),
            AccountTarget => new("gmail", "", [.. setup, "const me = await accountAddress(gmail.accessToken);"],
                $"  await sendEmail(gmail.accessToken, [me], {message.Subject}, {text}, {key});\n"),
            RecordFieldTarget field => ToRecord(schema, plan, field, message, setup, text, key),
            _ => throw new ArgumentException("A target without code passed the validator.", nameof(action)),
        };
    }

    /// <summary>"" for the only action, else its number from 1.</summary>
    public static string Suffix(int index, int count) => count == 1 ? "" : (index + 1).ToString(CultureInfo.InvariantCulture);

    private static ActionCode ToRecord(AppSchema schema, Plan plan, RecordFieldTarget field, MessageCode message, IReadOnlyList<string> setup, string text, string key)
    {
        var row = Ts.Variable(schema.FindEntity(((RecordTrigger)plan.Trigger).Entity)!.Name);
        var address = Ts.Member(row, field.Field);
        // Without an address there is nobody to write to, and trying again would not change that.
        return new("gmail", "", setup,
            $"  if ({address}) {{\n    await sendEmail(gmail.accessToken, [{address}], {message.Subject}, {text}, {key});\n  }} else {{\n    console.warn({Ts.Text($"No e-mail sent: {field.Field} is empty.")});\n  }}\n");
    }
}
