import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { at } from "./places.mjs";
import { Halt } from "./say.mjs";

/*
 * The database driver (postgres 3.4.9) does not survive a connection that is
 * lost at the wrong moment. Its repairs are not released, so they are made here.
 */

/** A write that was waiting when the connection went is forgotten, or the next connection would never write again. */
const FORGET_WAITING_WRITE = {
  file: "connection.js",
  from: "\n    clearImmediate(nextWriteTimer)\n",
  to: "\n    clearImmediate(nextWriteTimer), (chunk = nextWriteTimer = null)\n",
};

/** What was sent on it is refused however it went, or its answer would be waited for on the next one. */
const REFUSE_ALL_SENT = {
  file: "connection.js",
  from: "    !hadError && (query || sent.length) && error(",
  to: "    ;(query || sent.length) && error(",
};

/** Half an answer is thrown away, or its rows would be counted into the first answer on the next connection. */
const FORGET_HALF_ANSWER = {
  file: "connection.js",
  from: "    incoming = Buffer.alloc(0)\n    remaining = 0\n    incomings = null\n",
  to: "    incoming = Buffer.alloc(0)\n    remaining = rows = 0\n    incomings = results = errorResponse = null\n    result = new Result()\n",
};
const FORGET_STATEMENT = {
  file: "connection.js",
  from: "    closedTime = performance.now()\n",
  to: "    query = null\n    closedTime = performance.now()\n",
};
const FORGET_LEARNING = {
  file: "connection.js",
  from: "    if (initial)\n      return reconnect()\n",
  to: "    if (initial) {\n      query && queryError(query, Errors.connection('CONNECTION_CLOSED', options, socket))\n      query = null\n      return reconnect()\n    }\n",
};

/** Nothing is written where there is no line, which would end the whole process. */
const REFUSE_WITHOUT_LINE = {
  file: "connection.js",
  from: "  function execute(q) {\n    if (terminated)\n",
  to: "  function execute(q) {\n    if (!socket && !terminated)\n      return queryError(q, Errors.connection('CONNECTION_CLOSED', options)), true\n\n    if (terminated)\n",
};

/** A transaction whose connection went is over: what is still said in it must not land in somebody else's. */
const REMEMBER_LOSS = {
  file: "index.js",
  from: "new Promise((_, reject) => connection.onclose = reject)",
  to: "new Promise((_, reject) => connection.onclose = e => reject(lost = e))",
};
const HOLD_LOSS = {
  file: "index.js",
  from: "      , connection\n      , prepare = null\n",
  to: "      , connection\n      , lost = null\n      , prepare = null\n",
};
const REFUSE_AFTER_LOSS = {
  file: "index.js",
  from: "        q.catch(e => uncaughtError || (uncaughtError = e))\n        c.queue",
  to: "        q.catch(e => uncaughtError || (uncaughtError = e))\n        if (lost)\n          return q.reject(lost)\n        c.queue",
};

/** One that goes while it still learns the types is replaced like any other; nobody waits for what it learned. */
const EXPECT_LOSS_WHILE_LEARNING = {
  file: "connection.js",
  from: "        return fetchArrayTypes()\n",
  to: "        return fetchArrayTypes().catch(() => undefined)\n",
};

const REPAIRS = [
  FORGET_WAITING_WRITE,
  REFUSE_ALL_SENT,
  FORGET_HALF_ANSWER,
  FORGET_STATEMENT,
  FORGET_LEARNING,
  REFUSE_WITHOUT_LINE,
  REMEMBER_LOSS,
  HOLD_LOSS,
  REFUSE_AFTER_LOSS,
  EXPECT_LOSS_WHILE_LEARNING,
];

/** Repairs the installed driver. Again changes nothing; another version, which it does not know, stops the start. */
export function mendDriver() {
  const driver = at("node_modules", "postgres");
  for (const folder of ["src", "cjs/src"].filter((name) => existsSync(`${driver}/${name}`))) {
    for (const file of new Set(REPAIRS.map((repair) => repair.file))) {
      const path = `${driver}/${folder}/${file}`;
      const found = readFileSync(path, "utf8");
      const mended = REPAIRS.filter((repair) => repair.file === file).reduce(
        (text, repair) => apply(text, repair, path),
        found,
      );
      if (mended !== found) writeFileSync(path, mended);
    }
  }
}

function apply(text, { from, to }, path) {
  if (text.includes(to)) return text;
  if (!text.includes(from))
    throw new Halt(`${path} is not the driver that ops/launcher/mend-driver.mjs repairs. See whether it still has to.`);
  return text.replaceAll(from, () => to);
}
