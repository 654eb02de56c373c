import type { Kind } from "../store/kinds";
import { lagOf } from "../store/lag";
import type { Condition } from "../store/select";
import { refused } from "./errors";
import { limitOf, urlOf } from "./list";
import { type Operation, operation } from "./operation";
import { integer, must, text } from "./params";

const MOST_CLAUSES = 10;
const SHORTEST_PART = 3;
const CLAUSE =
  /^(-?)(metadata\[["']([^"']+)["']\]|[\w.]+)\s*(:|~|>=|<=|>|<)\s*(?:"([^"]*)"|'([^']*)'|(null)|([\w.-]+))$/;

/** Reads Stripe's search language: clauses joined by all AND or all OR. */
function parseSearch(query: string, fields: string[]): Condition[] {
  const byAnd = query.split(/\s+and\s+/i);
  const byOr = query.split(/\s+or\s+/i);
  if (byAnd.length > 1 && byOr.length > 1)
    throw refused("You cannot combine AND with OR in one query.", { param: "query" });
  const clauses = byOr.length > 1 ? byOr : byAnd;
  if (clauses.length > MOST_CLAUSES)
    throw refused(`A query can have at most ${MOST_CLAUSES} clauses.`, { param: "query" });
  const conditions = clauses.map((clause) => parseClause(clause.trim(), fields));
  return byOr.length > 1 ? [{ any: conditions }] : conditions;
}

function parseClause(clause: string, fields: string[]): Condition {
  const match = CLAUSE.exec(clause);
  if (!match) throw refused(`We were unable to parse your search query: ${clause}`, { param: "query" });
  const [, minus, field = "", key, operator, double, single, isNull, bare] = match;
  if (key === undefined && !fields.includes(field))
    throw refused(`Field \`${field}\` is an unsupported search field.`, { param: "query" });
  const at = key === undefined ? field : `metadata.${key}`;
  const value = double ?? single ?? bare ?? "";
  const wanted = conditionOf(at, operator ?? ":", isNull === undefined ? value : null);
  return minus === "-" ? { not: wanted } : wanted;
}

function conditionOf(at: string, operator: string, value: string | null): Condition {
  if (operator === ":") return { at, is: value };
  if (operator === "~") {
    if (value === null || value.length < SHORTEST_PART) {
      throw refused(`A substring must have at least ${SHORTEST_PART} characters.`, { param: "query" });
    }
    return { at, contains: value };
  }
  const bound = Number(value);
  if (!Number.isFinite(bound)) throw refused(`Invalid number: ${value}`, { param: "query" });
  if (operator === ">") return { at, within: { gt: bound } };
  if (operator === ">=") return { at, within: { gte: bound } };
  return { at, within: operator === "<" ? { lt: bound } : { lte: bound } };
}

export function searching(on: `GET /${string}`, kind: Kind, fields: string[]): Operation {
  return operation({
    on,
    params: { query: must(text()), limit: integer(), page: text() },
    async run({ space, params, path }) {
      const limit = limitOf({ limit: params.limit, starting_after: undefined, ending_before: undefined });
      const after = params.page === undefined ? undefined : Number(params.page);
      if (after !== undefined && !Number.isSafeInteger(after)) throw refused("Invalid page token.", { param: "page" });
      const { search_seconds: behind } = await lagOf(space);
      const known = behind > 0 ? [{ at: "created", within: { lte: space.now - behind } }] : [];
      const where = [...parseSearch(params.query, fields), ...known];
      const found = await space.select(kind, { where, limit: limit + 1, ...(after !== undefined && { after }) });
      const data = found.slice(0, limit);
      const has_more = found.length > limit;
      const last = data.at(-1);
      const next = has_more && last ? await space.positionOf(last.id) : undefined;
      return {
        object: "search_result",
        url: urlOf(on, path),
        has_more,
        data,
        next_page: next === undefined ? null : String(next),
      };
    },
  });
}
