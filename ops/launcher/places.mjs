import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(fileURLToPath(new URL("../..", import.meta.url)));
export const at = (...parts) => join(root, ...parts);

/** What the launcher makes for itself stays here, wherever PARLEY_DATA puts the database. */
export const own = (...parts) => at(".data", ...parts);

export const runtimeFolder = own("runtime");
export const reportFolder = own("test");
export const browserFolder = own("browsers");
export const endToEndData = own("e2e");
