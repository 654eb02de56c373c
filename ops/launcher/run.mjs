import { endChildren } from "./child.mjs";
import { commands } from "./commands.mjs";
import { complain, Halt } from "./say.mjs";

const [name = "", ...args] = process.argv.slice(2);
const command = commands[name];

process.on("SIGINT", endChildren).on("SIGTERM", endChildren).on("SIGHUP", endChildren);

if (!command) {
  complain(`There is no command "${name}". There are: ${Object.keys(commands).join(", ")}.`);
  process.exit(2);
}

try {
  process.exitCode = (await command(args)) ?? 0;
} catch (error) {
  complain(error instanceof Halt ? error.message : error.stack);
  process.exitCode = error instanceof Halt ? error.code : 1;
}
