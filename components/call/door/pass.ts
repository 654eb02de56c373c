import type { Credentials } from "@/lib/rtc/line/line";
import type { RoomBefore } from "../facts";
import { keep, recall } from "../keep";

/** What a guest came in by was worth: a token, and the room behind the door. */
export type Pass = { token: string; room: RoomBefore };

export type PassBook = {
  /** The pass, unless its token has run out. */
  read(): Pass | null;
  write(pass: Pass): void;
  /** Inside, the server hands out tokens that last longer than the one that was shown at the door. */
  renew(token: string): void;
  /** The last token there was, whatever became of it. */
  last(): string | null;
};

/** Kept for this tab as well: who came in by a link for one person comes back by what the link was worth. */
export function openPassBook(roomId: string, by: string): PassBook {
  const name = `pass.${roomId}`;
  let pass = keptPass(recall(name, "session"), by);
  const write = (next: Pass): void => {
    pass = next;
    keep(name, JSON.stringify({ by, ...next }), "session");
  };
  return {
    read: () => (pass && !hasRunOut(pass.token) ? pass : null),
    write,
    renew(token) {
      if (pass) write({ ...pass, token });
    },
    last: () => pass?.token ?? null,
  };
}

/** What to show at the door, for each line anew. A link that still opens is asked again where its token has run out. */
export const shownFrom = (book: PassBook, askAgain: () => Promise<Pass | null>) => async (): Promise<Credentials> => {
  const pass = book.read() ?? (await askAgain().catch(() => null));
  if (pass) book.write(pass);
  // One that has run out is shown all the same: the server's refusal says what is wrong.
  const token = book.last();
  return token === null ? {} : { token };
};

function keptPass(kept: string | null, by: string): Pass | null {
  if (kept === null) return null;
  const { by: before, ...pass }: Pass & { by: string } = JSON.parse(kept); // written by us, above
  return before === by ? pass : null;
}

/** Read, not believed: the server judges the token, and above all one that cannot be read. */
function hasRunOut(token: string): boolean {
  try {
    const said = atob((token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/"));
    const claims: { exp?: number } = JSON.parse(said);
    return (claims.exp ?? 0) * 1_000 < Date.now();
  } catch {
    return false;
  }
}
