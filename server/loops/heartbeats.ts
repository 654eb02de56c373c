import { noteAlive } from "@/lib/meetings/alive";
import { seconds } from "@/lib/time";
import type { Seats } from "../signalling/seats";
import { every, type Loop } from "./every";
import { systemCtx } from "./system";

/** Writes down, by the database's clock, who gave a sign of life; one statement for everybody on this process. */
export const startHeartbeats = (seats: Seats): Loop =>
  every("heartbeats", seconds(5), () => noteAlive(systemCtx("heartbeats"), seats.takeHeard()));
