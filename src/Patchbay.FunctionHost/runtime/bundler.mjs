// Bundles functions at deploy: one JSON document a line on stdin, one a line on stdout, esbuild kept warm between.
//   in   {"id":1,"entry":"functions/a/entry.ts","files":{"functions/a/entry.ts":"..."}}
//   out  {"id":1,"code":"...","map":"..."}  or  {"id":1,"error":{"message":"...","file":"...","line":1,"specifier":"..."}}
// The files are foreign. Every import of theirs is answered by the plugin below, from the document or with an
// error, so esbuild never looks at a disk; tsconfigRaw keeps it from looking for a tsconfig.json.
import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";

const sdkNames = JSON.parse(readFileSync(new URL("./dist/sdk-exports.json", import.meta.url), "utf8"));
const standIns = {
  sdk: `const sdk = globalThis[Symbol.for("patchbay.sdk")];\nexport const { ${sdkNames.join(", ")} } = sdk;\n`,
  runtime: 'export const { secrets, waitUntil } = globalThis[Symbol.for("patchbay.runtime")];\n',
};
const LOADERS = { ".ts": "ts", ".mts": "ts", ".cts": "ts", ".tsx": "tsx", ".js": "js", ".mjs": "js", ".cjs": "js", ".jsx": "jsx", ".json": "json" };
const GUESSES = ["", ".ts", ".tsx", ".js", ".mjs", ".jsx", ".json", "/index.ts", "/index.js"];
const SDK = /^(?:npm:\/?)?@base44\/sdk(?:@([^/]+))?$/;
const SDK_VERSION = /^(?:[\^~]?0\.8(?:\.(?:\d+|x|\*))?|latest|\*)$/;

function advice(specifier) {
  if (SDK.test(specifier)) return "only versions 0.8.x of the SDK are served; write npm:@base44/sdk@0.8.50";
  if (specifier.startsWith("npm:") || specifier.startsWith("jsr:")) return "this package is not available to functions; use fetch against the vendor's API, or copy what you need into a file beside the function";
  if (/^https?:/.test(specifier)) return "code from the web is not loaded; copy it into a file beside the function";
  if (specifier.startsWith("/") || /^(file|data|blob):/.test(specifier)) return "only the function's own files can be imported; use a relative path";
  return "write npm:, node: or a relative path before the name; only npm:@base44/sdk, base44:runtime, node: modules and the function's own files are available";
}

function plugin(files) {
  const refuse = (specifier, text) => ({ errors: [{ text: `Cannot import "${specifier}": ${text}.`, detail: { specifier } }] });
  return {
    name: "files of the function",
    setup(build) {
      build.onResolve({ filter: /.*/ }, (args) => {
        const specifier = args.path;
        if (args.kind === "entry-point") return { path: specifier, namespace: "fn" };
        if (args.kind === "require-call" || args.kind === "require-resolve") return refuse(specifier, "require is not available; use import");
        if (specifier.startsWith("node:")) return { path: specifier, external: true };
        if (specifier === "base44:runtime") return { path: "runtime", namespace: "stand-in" };
        const version = SDK.exec(specifier);
        if (version && (version[1] === undefined || SDK_VERSION.test(version[1]))) return { path: "sdk", namespace: "stand-in" };
        if (!specifier.startsWith("./") && !specifier.startsWith("../")) return refuse(specifier, advice(specifier));
        const wanted = posix.join(posix.dirname(args.importer), specifier);
        if (wanted.startsWith("..")) return refuse(specifier, "it lies outside the function's files");
        const found = GUESSES.map((guess) => wanted + guess).find((path) => Object.hasOwn(files, path));
        return found ? { path: found, namespace: "fn" } : refuse(specifier, `the function has no file ${wanted}`);
      });
      build.onLoad({ filter: /.*/, namespace: "stand-in" }, ({ path }) => ({ contents: standIns[path], loader: "js" }));
      build.onLoad({ filter: /.*/, namespace: "fn" }, (args) => {
        const type = args.with?.type;
        const loader = type === "text" ? "text" : type === "bytes" ? "binary" : type === "json" ? "json" : LOADERS[posix.extname(args.path)];
        if (!loader) return { errors: [{ text: `Cannot import ${args.path}: it is neither TypeScript, JavaScript nor JSON; import text with { type: "text" }.` }] };
        return { contents: files[args.path], loader };
      });
      build.onLoad({ filter: /.*/ }, (args) => ({ errors: [{ text: `Cannot import ${args.path}.` }] }));
    },
  };
}

async function bundle({ entry, files }) {
  const result = await build({
    entryPoints: [entry], outfile: "function.js", write: false, bundle: true, format: "esm", platform: "neutral", target: "esnext",
    sourcemap: "external", sourcesContent: false, charset: "utf8", legalComments: "none", logLevel: "silent", tsconfigRaw: "{}",
    absWorkingDir: "/", plugins: [plugin(files)],
  });
  const map = JSON.parse(result.outputFiles.find((file) => file.path.endsWith(".map")).text);
  map.sources = map.sources.map((source) => source.replace(/^fn:/, ""));
  return { code: result.outputFiles.find((file) => file.path.endsWith(".js")).text, map: JSON.stringify(map) };
}

function explain(failure) {
  const first = failure.errors?.[0];
  if (!first) return { message: `The function could not be bundled: ${failure.message}` };
  return { message: first.text, file: first.location?.file?.replace(/^fn:/, ""), line: first.location?.line, specifier: first.detail?.specifier };
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  // Not awaited: several deploys may be under way.
  bundle(request).catch((failure) => ({ error: explain(failure) })).then((answer) => {
    process.stdout.write(JSON.stringify({ id: request.id, ...answer }) + "\n");
  });
}
process.exit(0);
