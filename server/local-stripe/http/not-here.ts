import { notBuilt } from "./errors";
import type { Field } from "./params";

/** A parameter that would be read and change nothing is refused by name instead. */
export const notHere = (what: string): Field<never> => ({
  read() {
    throw notBuilt(what);
  },
});
