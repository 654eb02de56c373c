export const say = (line) => process.stdout.write(`${line}\n`);
export const complain = (line) => process.stderr.write(`${line}\n`);

/** The exit code of what somebody interrupted. */
export const STOPPED = 130;

/** A stop that the reader can act on: printed as it is, without a stack. */
export class Halt extends Error {
  constructor(message, code = 1) {
    super(message);
    this.code = code;
  }
}

export const took = (startedAt) => {
  const ms = performance.now() - startedAt;
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
};

/** One line a step: its name when it begins, the time when it is done. */
export async function step(name, work) {
  const startedAt = performance.now();
  process.stdout.write(`${name} ... `);
  try {
    const made = await work();
    say(took(startedAt));
    return made;
  } catch (error) {
    say(error.code === STOPPED ? "stopped" : `failed after ${took(startedAt)}`);
    throw error;
  }
}
