// Set-up step (`npm run build`): the bootstrap and the SDK become one file that a pool process starts from.
// The browser flavour of the SDK is chosen on purpose: it calls the global fetch and WebSocket, which honour
// the proxy, where the Node flavour opens sockets of its own.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
await mkdir(dist, { recursive: true });

const common = { bundle: true, format: "esm", platform: "browser", target: "esnext", external: ["node:*"], absWorkingDir: here, logLevel: "warning", legalComments: "none" };
await build({ ...common, entryPoints: ["boot/main.js"], outfile: join(dist, "boot.js"), minifyWhitespace: true, minifySyntax: true });

// The bundler gives functions a stand-in module with exactly these names.
const listing = await build({ ...common, stdin: { contents: 'export * from "@base44/sdk";', resolveDir: here }, write: false, metafile: true, outfile: "sdk.js" });
const [output] = Object.values(listing.metafile.outputs);
await writeFile(join(dist, "sdk-exports.json"), JSON.stringify(output.exports.sort()) + "\n");
