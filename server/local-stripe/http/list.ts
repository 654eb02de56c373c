import type { Kind, Kinds } from "../store/kinds";
import type { Condition } from "../store/select";
import type { Space } from "../store/space";
import { exclusive, noSuch, refused } from "./errors";
import { type Operation, operation, type PathParts } from "./operation";
import { integer, type Read, range, type Shape, text } from "./params";

const DEFAULT_LIMIT = 10;
export const PAGING = { limit: integer(), starting_after: text(), ending_before: text() };
type Paging = Read<typeof PAGING>;

type List<T> = { object: "list"; url: string; has_more: boolean; data: T[] };

export const listOf = <T>(url: string, data: T[], has_more = false): List<T> => ({
  object: "list",
  url,
  has_more,
  data,
});

type Spec<K extends Kind, S extends Shape> = {
  on: `GET /${string}`;
  kind: K;
  filters?: S;
  /** Some lists cannot be narrowed by when things were made. */
  undated?: true;
  where?(params: Read<S>, path: PathParts, space: Space): Condition[] | Promise<Condition[]>;
};

/** A list of objects of one kind, newest first. */
export function listing<K extends Kind, S extends Shape = Record<never, never>>({
  on,
  kind,
  filters,
  undated,
  where,
}: Spec<K, S>): Operation {
  return operation({
    on,
    params: { ...filters, ...PAGING, ...(!undated && { created: range() }) },
    async run({ space, params, path }) {
      const created = params.created as Read<{ created: ReturnType<typeof range> }>["created"]; // named in the line above
      const conditions = [
        ...((await where?.(only(filters, params) as Read<S>, path, space)) ?? []), // `filters` are S
        ...(created ? [{ at: "created", within: created }] : []),
      ];
      return page(space, { kind, url: urlOf(on, path), paging: params as Paging, where: conditions });
    },
  });
}

/** The filters without the paging, so that a list may look at all it was given. */
const only = (filters: Shape | undefined, params: Record<string, unknown>): object =>
  Object.fromEntries(Object.keys(filters ?? {}).map((key) => [key, params[key]]));

export const urlOf = (on: string, path: PathParts): string =>
  on.replace(/^\w+ /, "").replace(/\{(\w+)\}/g, (_, name: string) => path[name] ?? "");

type Page<K extends Kind> = { kind: K; url: string; paging: Paging; where: Condition[] };

export async function page<K extends Kind>(
  space: Space,
  { kind, url, paging, where }: Page<K>,
): Promise<List<Kinds[K]>> {
  const limit = limitOf(paging);
  const { starting_after, ending_before } = paging;
  if (starting_after && ending_before) throw exclusive("starting_after", "ending_before");
  if (ending_before !== undefined) {
    const before = await cursor(space, kind, ending_before, "ending_before");
    const found = await space.select(kind, { where, order: "oldest", before, limit: limit + 1 });
    return listOf(url, found.slice(0, limit).reverse(), found.length > limit);
  }
  const after = starting_after === undefined ? undefined : await cursor(space, kind, starting_after, "starting_after");
  const found = await space.select(kind, { where, limit: limit + 1, ...(after !== undefined && { after }) });
  return listOf(url, found.slice(0, limit), found.length > limit);
}

export function limitOf({ limit = DEFAULT_LIMIT }: Paging): number {
  const complaint = { code: "parameter_invalid_integer", param: "limit" };
  if (limit < 1) throw refused("This value must be greater than or equal to 1.", complaint);
  if (limit > 100)
    throw refused(`This value must be less than or equal to 100 (it currently is '${limit}').`, complaint);
  return limit;
}

async function cursor(space: Space, kind: Kind, id: string, param: string): Promise<number> {
  const position = await space.positionOf(id);
  if (position === undefined) throw noSuch(kind, id, param);
  return position;
}

/** The same paging over things that are not objects of their own, such as the lines of an invoice. */
export function pageOf<T extends { id: string }>(url: string, all: T[], paging: Paging): List<T> {
  const limit = limitOf(paging);
  const { starting_after, ending_before } = paging;
  if (starting_after && ending_before) throw exclusive("starting_after", "ending_before");
  if (ending_before !== undefined) {
    const end = indexOf(all, ending_before, "ending_before");
    return listOf(url, all.slice(Math.max(0, end - limit), end), end > limit);
  }
  const start = starting_after === undefined ? 0 : indexOf(all, starting_after, "starting_after") + 1;
  return listOf(url, all.slice(start, start + limit), all.length > start + limit);
}

function indexOf(all: { id: string }[], id: string, param: string): number {
  const index = all.findIndex((entry) => entry.id === id);
  if (index === -1) throw noSuch("object", id, param);
  return index;
}
