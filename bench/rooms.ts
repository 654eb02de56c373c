import { resolve } from "node:path";
import postgres from "postgres";
import { readConnection, urlOf } from "../server/embedded-postgres/connection";

/** Somebody with a key, and rooms of theirs, on a server that has just been started on empty data. */
export async function roomsOf(
  port: number,
  { dataDir, count }: { dataDir: string; count: number },
): Promise<{ apiKey: string; rooms: string[] }> {
  const url = `http://localhost:${port}`;
  const call = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const response = await fetch(url + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    if (response.status !== 201) throw new Error(await response.text());
    return (await response.json()) as { id: string; apiKey: { key: string } }; // the documented answers of these addresses
  };
  const account = { name: "Bench", email: "bench@parley.example", password: "a-bench-to-measure-on" };
  const { key } = (await call("/api/auth/register", account)).apiKey;
  const sql = postgres(urlOf(readConnection(resolve(dataDir, "postgres/connection.json")), "parley"), { max: 1 });
  const features = {
    maxRooms: 10_000,
    maxParticipants: 10,
    maxMinutes: 1_000_000,
    branding: "parley",
    whiteLabel: false,
  };
  await sql`insert into entitlement_grants (account_id, family, features, period_start, period_end)
    select account_id, 'rooms', ${sql.json(features)}, now() - interval '1 day', now() + interval '30 days' from keys`;
  await sql.end();
  const rooms: string[] = [];
  while (rooms.length < count) rooms.push((await call("/api/rooms", {}, { "x-api-key": key })).id);
  return { apiKey: key, rooms };
}
