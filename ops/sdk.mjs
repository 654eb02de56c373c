import { createHash } from "node:crypto";
import { appendFileSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/* The browser's SDK, in every form in which a page or a bundler may ask for it, ready for `npm pack`. */

const root = fileURLToPath(new URL("..", import.meta.url));
const PACKAGE = "lib/sdk/package";
const { version } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
const LICENSE_LINE = `/*! Parley multimedia-sdk ${version} */`;

const CORE = `import { MultimediaSDK } from "./lib/sdk/multimedia-sdk";
export { MultimediaError } from "./lib/rtc/error";
export { MultimediaSDK };
export default MultimediaSDK;`;

/** A script tag, AMD and `require` each get the class itself. */
const UMD = {
  banner: `${LICENSE_LINE}
(function(root,make){if(typeof module==="object"&&module.exports)module.exports=make();else if(typeof define==="function"&&define.amd)define([],make);else root.MultimediaSDK=make()})(typeof self==="undefined"?this:self,function(){var module={exports:{}};`,
  footer: "return module.exports.default});",
};

const REACT = `export { MultimediaProvider, useSdk } from "./lib/sdk/react/provider";
export * from "./lib/sdk/react/use-room";
export { PreJoin } from "./lib/sdk/react/pre-join";
export { VideoRoom } from "./lib/sdk/react/video-room";`;

const FORMS = [
  { name: "multimedia-sdk.mjs", contents: CORE, format: "esm", banner: LICENSE_LINE },
  {
    name: "multimedia-sdk.cjs",
    contents: CORE,
    format: "cjs",
    banner: LICENSE_LINE,
    footer: "module.exports=module.exports.default;",
  },
  { name: "multimedia-sdk.js", contents: CORE, format: "cjs", ...UMD },
  {
    name: "react.mjs",
    contents: REACT,
    format: "esm",
    banner: '"use client";',
    external: ["react", "react/jsx-runtime"],
  },
  {
    name: "react.cjs",
    contents: REACT,
    format: "cjs",
    banner: '"use client";',
    external: ["react", "react/jsx-runtime"],
  },
];

/** Types for `require`, which gives the class itself. Both say where the real ones are. */
const AS_MODULE = '{ "resolution-mode": "import" }';
const REQUIRED_TYPES = `type Module = typeof import("./multimedia-sdk.mjs", { with: ${AS_MODULE} });

declare const MultimediaSDK: Module["MultimediaSDK"];
type MultimediaSDK = InstanceType<Module["MultimediaSDK"]>;

export = MultimediaSDK;
export as namespace MultimediaSDK;
`;

export async function buildSdk(outdir) {
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  await Promise.all(FORMS.map((form) => buildForm(outdir, form)));
  for (const file of readdirSync(`${root}${PACKAGE}`)) copyFileSync(`${root}${PACKAGE}/${file}`, `${outdir}/${file}`);
  // A default, as the script beside it has; the rules of this house know none.
  appendFileSync(`${outdir}/multimedia-sdk.d.mts`, "\nexport default MultimediaSDK;\n");
  writeFileSync(`${outdir}/multimedia-sdk.d.ts`, REQUIRED_TYPES);
  const react = readFileSync(`${outdir}/react.d.mts`, "utf8");
  writeFileSync(
    `${outdir}/react.d.ts`,
    react.replace('"./multimedia-sdk.mjs";', `"./multimedia-sdk.mjs" with ${AS_MODULE};`),
  );
  const pack = JSON.parse(readFileSync(`${outdir}/package.json`, "utf8"));
  writeFileSync(`${outdir}/package.json`, `${JSON.stringify({ ...pack, version }, null, 2)}\n`);
  writeFileSync(`${outdir}/integrity.json`, `${JSON.stringify(integrity(outdir), null, 2)}\n`);
}

function buildForm(outdir, { name, contents, format, banner, footer = "", external = [] }) {
  return build({
    stdin: { contents, resolveDir: root, loader: "ts", sourcefile: "entry.ts" },
    outfile: `${outdir}/${name}`,
    bundle: true,
    minify: true,
    format,
    external,
    platform: "browser",
    mainFields: ["module", "main"],
    jsx: "automatic",
    target: ["es2022"],
    sourcemap: "linked",
    sourcesContent: true,
    banner: { js: banner },
    footer: { js: footer },
    legalComments: "none",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "warning",
  });
}

/** What a page puts into `integrity`, and how much it loads. */
function integrity(outdir) {
  const scripts = readdirSync(outdir).filter((file) => /\.(?:js|mjs|cjs)$/.test(file));
  return Object.fromEntries(
    scripts.sort().map((file) => {
      const bytes = readFileSync(`${outdir}/${file}`);
      const hash = createHash("sha384").update(bytes).digest("base64");
      return [
        file,
        { integrity: `sha384-${hash}`, bytes: bytes.length, gzipBytes: gzipSync(bytes, { level: 9 }).length },
      ];
    }),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildSdk(process.argv[2] ?? `${root}dist/sdk`);
