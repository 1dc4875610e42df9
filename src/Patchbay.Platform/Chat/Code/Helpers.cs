namespace Patchbay.Platform.Chat.Code;

/// <summary>Functions that generated code carries with it, each only where it is used.</summary>
internal static class Helpers
{
    public const string Label = """
        /** A value of a record as a person reads it. */
        function shown(value: unknown): string {
          return value === null || value === undefined || value === "" ? "-" : String(value);
        }
        """;

    public const string SlackText = """
        /** Text from records is data: in Slack only these three characters could make it more. */
        function slackText(value: unknown): string {
          return shown(value).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
        }
        """;

    public const string PostMessage = """
        /** Slack answers 200 even when it refuses, so `ok` decides. An error makes the platform run this again. */
        async function postMessage(token: string, channel: string, text: string, key: string) {
          const response = await fetch("https://slack.com/api/chat.postMessage", {
            method: "POST",
            headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json; charset=utf-8" },
            body: JSON.stringify({
              channel,
              text,
              unfurl_links: false,
              metadata: { event_type: "patchbay", event_payload: { key } },
            }),
          });
          if (!response.ok) throw new Error(`Slack answered ${response.status}`);
          const result = await response.json();
          if (!result.ok) throw new Error(`Slack refused the message: ${result.error}`);
        }
        """;

    public const string Base64 = """
        function base64(text: string): string {
          let binary = "";
          for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
          return btoa(binary);
        }
        """;

    public const string HeaderText = """
        /** A header value (RFC 2047): encoded in short words, so no line break of a record can start another header. */
        function headerText(text: string): string {
          const words: string[] = [];
          let word = "";
          for (const char of text.replace(/\s+/g, " ").trim().slice(0, 200)) {
            if (new TextEncoder().encode(word + char).length > 42) {
              words.push(word);
              word = "";
            }
            word += char;
          }
          return [...words, word].map((part) => `=?UTF-8?B?${base64(part)}?=`).join("\r\n ");
        }
        """;

    public const string SendEmail = """
        const ADDRESS = /^[^\s@<>,;:"()\[\]\\]+@[^\s@<>,;:"()\[\]\\]+$/;

        /** Sends plain text. The key makes the Message-ID, so a repeated run is recognisable as the same mail. */
        async function sendEmail(token: string, to: string[], subject: string, body: string, key: string) {
          for (const address of to) {
            if (!ADDRESS.test(address)) throw new Error("A recipient is no e-mail address");
          }
          const id = base64(key).replace(/[^A-Za-z0-9]/g, "").slice(-120);
          const message = [
            `To: ${to.join(", ")}`,
            `Subject: ${headerText(subject)}`,
            `Message-ID: <${id}@patchbay.invalid>`,
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=UTF-8",
            "Content-Transfer-Encoding: base64",
            "",
            base64(body).replace(/.{76}/g, "$&\r\n"),
          ].join("\r\n");
          const raw = base64(message).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
          const response = await fetch("https://gmail.googleapis.com/gmail/v1/users/me/messages/send", {
            method: "POST",
            headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
            body: JSON.stringify({ raw }),
          });
          if (!response.ok) throw new Error(`Gmail answered ${response.status}`);
        }
        """;

    public const string AccountAddress = """
        /** The address of the connected account itself. */
        async function accountAddress(token: string): Promise<string> {
          const response = await fetch("https://www.googleapis.com/oauth2/v2/userinfo", {
            headers: { Authorization: `Bearer ${token}` },
          });
          if (!response.ok) throw new Error(`Google answered ${response.status}`);
          return (await response.json()).email;
        }
        """;

    public const string FindAll = """
        const PAGE = 500;

        /** All matching records, page by page. */
        // deno-lint-ignore no-explicit-any
        async function findAll(entity: any, query: object): Promise<any[]> {
          const found = [];
          for (let skip = 0; ; skip += PAGE) {
            const page = await entity.filter(query, "created_date", PAGE, skip);
            found.push(...page);
            if (page.length < PAGE) return found;
          }
        }
        """;

    public const string LocalDay = """
        /** The day of a time in the schedule's zone, as 2026-01-31; a plain date stays what it is. */
        function localDay(value: string | Date, plusDays = 0): string {
          if (typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
          const day = new Date(value).toLocaleDateString("en-CA", { timeZone: TIME_ZONE });
          const moved = new Date(`${day}T00:00:00Z`);
          moved.setUTCDate(moved.getUTCDate() + plusDays);
          return moved.toISOString().slice(0, 10);
        }
        """;

    public const string ListText = """
        const MOST_LINES = 50;

        function listText(title: string, lines: string[]): string {
          if (lines.length === 0) return `${title}: none.`;
          const more = lines.length > MOST_LINES ? [`... and ${lines.length - MOST_LINES} more`] : [];
          return [`${title} (${lines.length}):`, ...lines.slice(0, MOST_LINES), ...more].join("\n");
        }
        """;
}
