import { refused } from "../http/errors";
import { limitOf } from "../http/list";

type Asked = { limit?: number | undefined; page?: string | undefined };

/** The newer lists name their next page by its address. */
export function pageOfV2<T>(url: string, all: T[], { limit: asked, page }: Asked) {
  const limit = limitOf({ limit: asked, starting_after: undefined, ending_before: undefined });
  const start = page === undefined ? 0 : Number(page);
  if (!Number.isSafeInteger(start) || start < 0) throw refused("Invalid page token.", { param: "page" });
  const at = (from: number): string => `${url}?limit=${limit}&page=${from}`;
  return {
    data: all.slice(start, start + limit),
    next_page_url: all.length > start + limit ? at(start + limit) : null,
    previous_page_url: start > 0 ? at(Math.max(start - limit, 0)) : null,
  };
}
