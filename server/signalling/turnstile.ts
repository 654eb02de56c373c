import { AppError } from "@/lib/errors";

/** Goes out again. Doing so again changes nothing. */
export type Leave = () => void;
export type Turnstile = { pass(subject: string, most: number): Leave };

/** How many sockets each subject has open in this process, or is about to open. */
export function openTurnstile(): Turnstile {
  const inside = new Map<string, number>();

  const leave = (subject: string): void => {
    const left = (inside.get(subject) ?? 0) - 1;
    if (left > 0) inside.set(subject, left);
    else inside.delete(subject);
  };

  return {
    pass(subject, most) {
      const others = inside.get(subject) ?? 0;
      if (others >= most)
        throw new AppError("too_many_sockets", `There are ${most} connections open already. Close one and try again.`, {
          details: { limit: most },
        });
      inside.set(subject, others + 1);
      let isInside = true;
      return () => {
        if (isInside) leave(subject);
        isInside = false;
      };
    },
  };
}
