// The one program of a pool process. It knows no function when it starts: it listens on its socket, opens the
// bridge to the door, tells the supervisor that it is ready, and waits on stdin for the code of the one function
// it will ever run.
//
// Order matters: everything that needs a permission or an untouched global happens before foreign code is
// imported. Foreign code enters only by the import() below, because Deno checks file permissions for dynamic
// imports but not for the static graph of a main module (a main module may `import x from "/etc/passwd"`).
import * as sdk from "@base44/sdk";
import { openBridge } from "./bridge.js";
import { readControl } from "./control.js";
import { createDispatcher } from "./dispatch.js";
import { createLogs } from "./logs.js";
import { installShim } from "./shim.js";
import { installSurface } from "./surface.js";
import { installTicket } from "./ticket.js";

const control = readControl();
const hello = await control.next();
const logs = createLogs(hello.nonce);
const dispatcher = createDispatcher(logs, hello.socket);

if (hello.unsafe) installShim(hello.door);
else openBridge(hello.door, hello.port);
installTicket(logs);

const surface = installSurface(logs, sdk);
logs.send({ t: "ready" });

const load = await control.next();
surface.setEnvironment(load.env);
logs.setBudget(load.logBytes);
try {
  // A blob keeps stack frames short; the supervisor maps them back to the author's lines.
  const url = URL.createObjectURL(new Blob([load.code], { type: "text/javascript" }));
  const module = await logs.run(load.invocation, () => import(url));
  URL.revokeObjectURL(url);
  dispatcher.accept(surface.handlerOf(module));
  logs.send({ t: "loaded" });
} catch (error) {
  logs.send({ t: "loadFailed", m: logs.describe(error) });
}

// The supervisor holds the other end of stdin for as long as it lives; its end is ours.
await control.closed();
surface.exit(0);
