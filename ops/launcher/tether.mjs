import { spawn } from "node:child_process";

/*
 * Runs one step of the launcher as the head of a process group, and ends the
 * whole group when the launcher is gone. A killed `npm start` would otherwise
 * leave an install or a build behind that the next one collides with.
 */

const [command, ...args] = process.argv.slice(2);
const isWindows = process.platform === "win32";

// The group gets these too; this process only reports how the step took them.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined);

const step = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"] });

process.on("disconnect", () => {
  if (isWindows) {
    step.kill("SIGKILL");
    process.exit(1);
  }
  process.kill(-process.pid, "SIGKILL");
});

step.once("error", (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(127);
});
step.once("exit", (code) => process.exit(code ?? 1));
