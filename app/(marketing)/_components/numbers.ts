import type { Measured } from "./measured";

/** What the commands beside them print or hold, on two cores. */
export const numbers: readonly Measured[] = [
  {
    value: "0.35",
    unit: "of bare Node",
    what: "Calls answered with key check, limit and validation, against a bare Node server.",
    command: "npm run bench",
  },
  {
    value: "12.3",
    unit: "times",
    what: "As many calls as the page framework’s own route answers.",
    command: "npm run bench",
  },
  {
    value: "1",
    unit: "second",
    what: "At most, until a second process refuses a revoked key.",
    command: "npm test",
  },
  {
    value: "20",
    unit: "kills",
    what: "Of server, database and both, and no acknowledged write lost.",
    command: "npm run test:full",
  },
];
