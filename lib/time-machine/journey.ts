import { pool } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { once } from "@/lib/once";

const JOURNEY_LOCK = 727_280;

/** What this process knows of the journey it is on, or of the last one. */
type Journey = { target: Date | null; trouble: string | null; abandoned: boolean };

export const journey = () =>
  once<Journey>("time-machine-journey", () => ({ target: null, trouble: null, abandoned: false }));

/** A process that stops does not go on to the target; the clock stays where it is. */
export function abandonJourney(): void {
  journey().abandoned = true;
}

/** Only one at a time moves the clock, in whatever process. A process that dies lets go. */
export async function alone<T>(work: () => Promise<T>): Promise<T> {
  const connection = await pool().sql.reserve();
  try {
    const [turn] = await connection<{ mine: boolean }[]>`select pg_try_advisory_lock(${JOURNEY_LOCK}) as mine`;
    if (!turn?.mine) throw new AppError("conflict", "The clock is on its way already. Wait until it is there.");
    try {
      return await work();
    } finally {
      await connection`select pg_advisory_unlock(${JOURNEY_LOCK})`;
    }
  } finally {
    connection.release();
  }
}
