import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { context } from "esbuild";
import type { RouteEntry } from "@/lib/http/registry";
import { log } from "@/lib/log";
import { type ApiListener, mountApi } from "./api";

/** In development the API is bundled anew at each change and swapped in place; a broken edit leaves the last good one serving. */
export async function watchApi(): Promise<{ current: () => ApiListener | undefined; close(): Promise<void> }> {
  // Inside the checkout, or the bundle would not find its packages.
  const outfile = resolve("dist", "dev-api.mjs");
  let listener: ApiListener | undefined;
  let version = 0;

  const bundling = await context({
    entryPoints: ["server/routes.gen.ts"],
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    outfile,
    logLevel: "silent",
    plugins: [
      {
        name: "swap",
        setup: (build) => {
          build.onEnd(async ({ errors }) => {
            if (errors.length > 0)
              return void log().error(
                { errors: errors.map(({ text, location }) => `${location?.file}:${location?.line} ${text}`) },
                "api not reloaded",
              );
            version += 1;
            const { routes } = (await import(`${pathToFileURL(outfile).href}?v=${version}`)) as {
              routes: readonly RouteEntry[];
            }; // the generated table exports just this
            listener = mountApi(routes);
          });
        },
      },
    ],
  });
  await bundling.rebuild();
  await bundling.watch();
  return { current: () => listener, close: () => bundling.dispose() };
}
