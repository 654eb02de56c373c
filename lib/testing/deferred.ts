export type Deferred<T> = { promise: Promise<T>; resolve(value: T): void };

/** A promise that a test keeps when it sees fit. */
export function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((keep) => {
    resolve = keep;
  });
  return { promise, resolve };
}
