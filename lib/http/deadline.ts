import { AppError } from "@/lib/errors";
import { seconds } from "@/lib/time";

const LONGEST_MS = seconds(8);

/**
 * Answers in time even where the database is there and says nothing. What was
 * begun goes on and may still take effect; an Idempotency-Key then finds it done.
 */
export async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), LONGEST_MS);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

const late = () =>
  new AppError("unavailable", "This takes too long just now. Try again in a moment.", { retryAfterSeconds: 5 });
