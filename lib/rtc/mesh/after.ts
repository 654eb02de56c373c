/** Does something once so much time has passed. Hands back what keeps it from being done. */
export type After = (waitMs: number, work: () => void) => () => void;

export const after: After = (waitMs, work) => {
  const timer = setTimeout(work, waitMs);
  return () => clearTimeout(timer);
};
