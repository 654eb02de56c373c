import { hasLine } from "./use-online";

/** What a form sent, or, where the line is down, words in the place of a page that breaks. */
export const overTheLine = <T>(sending: Promise<T>): Promise<T | { message: string }> =>
  sending.catch((error) => {
    if (hasLine()) throw error;
    return { message: "You are not connected. Try again when the line is back." };
  });
