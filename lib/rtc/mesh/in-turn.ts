/** Runs one thing after another, each to its end. What throws is told to `onError` and does not stop the rest. */
export function inTurn(onError: (error: unknown) => void): (work: () => Promise<void>) => Promise<void> {
  let last = Promise.resolve();
  return (work) => {
    last = last.then(work).catch(onError);
    return last;
  };
}
