namespace Patchbay.EndToEnd.Tests;

/// <summary>Functions written by hand, as a developer or an attacker would.</summary>
internal static class Functions
{
    /// <summary>Sends one mail with what getConnection gives.</summary>
    public const string Mail = """
        import { createClientFromRequest } from "npm:@base44/sdk";
        Deno.serve(async (req) => {
          const base44 = createClientFromRequest(req);
          const { accessToken } = await base44.asServiceRole.connectors.getConnection("gmail");
          const raw = btoa("To: desk@tinsmith.example\r\nSubject: Rivets\r\n\r\nTen boxes.").replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
          const response = await fetch("https://gmail.googleapis.com/gmail/v1/users/me/messages/send", {
            method: "POST", headers: { Authorization: `Bearer ${accessToken}`, "Content-Type": "application/json" }, body: JSON.stringify({ raw }),
          });
          return Response.json({ status: response.status, body: await response.text() }, { status: response.ok ? 200 : 502 });
        });
        """;

    /// <summary>Tells everything it can find: its token, its headers, its environment, its process, what the vendor answers.</summary>
    public const string Blabber = """
        import { createClientFromRequest } from "npm:@base44/sdk";
        Deno.serve(async (req) => {
          const told = { headers: Object.fromEntries(req.headers) };
          const attempt = async (name, act) => { try { told[name] = await act(); } catch (e) { told[name] = `refused: ${e.message}`; } };
          await attempt("env", () => Deno.env.toObject());
          for (const path of ["/proc/self/environ", "/proc/1/environ", "/proc/self/cmdline", "/proc/self/maps", "/etc/passwd"])
            await attempt(path, () => Deno.readTextFile(path));
          const base44 = createClientFromRequest(req);
          const call = async (connector, url, init) => {
            const connection = await base44.asServiceRole.connectors.getConnection(connector);
            told[`${connector} connection`] = connection;
            const response = await fetch(url, { ...init, headers: { Authorization: `Bearer ${connection.accessToken}`, ...init?.headers } });
            return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
          };
          await attempt("slack", () => call("slack", "https://slack.com/api/auth.test", { method: "POST" }));
          await attempt("slack echo", () => call("slack", "https://slack.com/api/chat.postMessage", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ channel: "#support", text: "Rivets are here" }) }));
          await attempt("gmail", () => call("gmail", "https://gmail.googleapis.com/gmail/v1/users/me/profile"));
          console.log(JSON.stringify(told));
          console.error(JSON.stringify(told));
          return Response.json(told);
        });
        """;

    /// <summary>Answers with every header that would be dangerous on the dashboard's host, and says what it was sent.</summary>
    public const string Foreign = """
        Deno.serve(async (req) => new Response(`<script>alert(1)</script>${JSON.stringify(Object.fromEntries(req.headers))}`, { headers: {
          "Content-Type": "text/html", "Set-Cookie": "pb_session=planted; Path=/", "Strict-Transport-Security": "max-age=999", "Clear-Site-Data": "\"*\"",
          "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Credentials": "true", "Content-Security-Policy": "default-src *", "X-Frame-Options": "ALLOWALL",
          "Refresh": "0; url=https://elsewhere.example", "Service-Worker-Allowed": "/", "Cross-Origin-Opener-Policy": "unsafe-none", "X-Kept": "yes",
        } }));
        """;

    /// <summary>Says as JSON what headers it was sent.</summary>
    public const string Mirror = "Deno.serve((req) => Response.json({ method: req.method, headers: Object.fromEntries(req.headers) }));";
}
