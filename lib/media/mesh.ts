import { env } from "@/lib/env";

/** How a room's media is carried. Whatever comes beside the mesh is chosen here and nowhere else. */
export type Carrying = { topology: "mesh"; seats: number; seatsSetBy: "plan" | "room" | "mesh" };

/**
 * Browser to browser everybody sends to everybody, so a room holds no more than a few, whatever the plan has.
 */
export function carry(room: { seats: number | null }, planSeats: number): Carrying {
  const wanted = Math.min(room.seats ?? planSeats, planSeats);
  const { MESH_SEATS } = env();
  if (wanted > MESH_SEATS) return { topology: "mesh", seats: MESH_SEATS, seatsSetBy: "mesh" };
  return { topology: "mesh", seats: wanted, seatsSetBy: wanted < planSeats ? "room" : "plan" };
}
