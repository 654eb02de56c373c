import { refused } from "../http/errors";
import { operation } from "../http/operation";
import { integer, list, parts, text } from "../http/params";
import { pageOfV2 } from "./v2-page";

/** Bounds may be written as an instant or as seconds. */
function instantOf(written: string | undefined, param: string): number | undefined {
  if (written === undefined) return undefined;
  const at = /^\d+$/.test(written) ? Number(written) * 1_000 : Date.parse(written);
  if (Number.isNaN(at)) throw refused(`Invalid timestamp: ${written}`, { param });
  return at;
}

export const thinOperations = [
  operation({ on: "GET /v2/core/events/{id}", run: ({ space, id }) => space.get("v2.core.event", id) }),
  operation({
    on: "GET /v2/core/events",
    params: {
      ...{ created: parts({ gt: text(), gte: text(), lt: text(), lte: text() }), limit: integer(), object_id: text() },
      ...{ page: text(), types: list(text(), 20) },
    },
    async run({ space, params }) {
      const bounds = Object.entries(params.created ?? {}).map(([word, written]) => ({
        word,
        at: instantOf(written, `created[${word}]`) ?? 0,
      }));
      const within = (at: number): boolean =>
        bounds.every(({ word, at: bound }) =>
          word.startsWith("g")
            ? at > bound || (word === "gte" && at === bound)
            : at < bound || (word === "lte" && at === bound),
        );
      const all = await space.select("v2.core.event");
      const found = all.filter(
        (event) =>
          within(Date.parse(event.created)) &&
          (params.types?.includes(event.type) ?? true) &&
          (params.object_id === undefined || event.related_object?.id === params.object_id),
      );
      return pageOfV2("/v2/core/events", found, params);
    },
  }),
];
