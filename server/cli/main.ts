import { closePool } from "@/lib/db/client";
import { loadDotEnv } from "@/lib/env";
import { layGround } from "../boot/database";
import { books } from "./books";
import { importUsers } from "./import-users";
import { mail } from "./mail";
import { grantRoomsPlan } from "./rooms";
import { setupStripe } from "./setup-stripe";
import { setStaff } from "./staff";
import { time } from "./time";

type Command = {
  what: string;
  run(words: string[]): Promise<string>;
  /** Speaks to the server that runs, and needs no database of its own. */
  isRemote?: boolean;
};

/** What an operator types after `npm run cli --`. */
const COMMANDS: Record<string, Command> = {
  "grant-admin": {
    what: "grant-admin <e-mail>    makes somebody staff of this deployment",
    run: ([email = ""]) => setStaff({ email, isStaff: true }),
  },
  "revoke-admin": {
    what: "revoke-admin <e-mail>   takes that back",
    run: ([email = ""]) => setStaff({ email, isStaff: false }),
  },
  "grant-rooms": {
    what: "grant-rooms <e-mail> <plan>  lets the account that somebody owns use rooms for 30 days",
    run: ([email = "", plan = "starter"]) => grantRoomsPlan(email, plan),
  },
  "import-users": {
    what: "import-users <file>     takes users over from another system, one JSON object a line",
    run: ([file = ""]) => importUsers(file),
  },
  mail: { what: "mail                    lists the mails that were given up, and why", run: mail },
  "setup-stripe": {
    what: "setup-stripe            makes what Parley sells in the configured Stripe; --check only looks",
    run: setupStripe,
  },
  books: { what: "books                   checks the books from end to end", run: books },
  time: {
    what: "time [+1 month]         shows or moves the clock of the local Parley that runs",
    run: time,
    isRemote: true,
  },
};

const [name = "", ...words] = process.argv.slice(2);
const command = COMMANDS[name];

if (!command) {
  console.log(
    `Usage: npm run cli -- <command>\n\n${Object.values(COMMANDS)
      .map(({ what }) => `  ${what}`)
      .join("\n")}`,
  );
  process.exit(name === "" ? 0 : 2);
}

try {
  loadDotEnv();
  const ground = command.isRemote ? undefined : await layGround();
  try {
    console.log(await command.run(words));
  } finally {
    await closePool();
    await ground?.stop();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
