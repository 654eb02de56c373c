import type { z } from "zod";
import type { AuthKind } from "@/lib/auth/request";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { once } from "@/lib/once";
import type { Answer, FileType } from "./answer";
import type { Arrival } from "./arrival";

export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** What a route says of itself. OpenAPI and the docs page are made from this. */
export type Declaration = {
  summary: string;
  description?: string | undefined;
  auth: AuthKind;
  scope?: string | undefined;
  params?: z.ZodType | undefined;
  query?: z.ZodType | undefined;
  body?: z.ZodType | undefined;
  output: z.ZodType;
  produces?: FileType | undefined;
  status: number;
  idempotent: boolean;
  localOnly: boolean;
};

/** What the file's name put into brackets; a catch-all gives a list. */
export type PathParams = Record<string, string | string[]>;

/** Web-standard for the page framework; `answer` is the same without the web's objects, for our own mount. */
export type RouteHandler = ((request: Request, segment: { params: Promise<unknown> }) => Promise<Response>) & {
  declaration: Declaration;
  answer(arrival: Arrival, params: unknown): Promise<Answer>;
};
export type RouteModule = Partial<Record<Method, RouteHandler>>;
export type RouteEntry = { path: string; module: RouteModule };

/** Every route of this process. The server fills it when it mounts the table. */
export const registry = () => once<{ routes: readonly RouteEntry[] }>("routes", () => ({ routes: [] }));

/** The routes that this process answers. */
export const servedOf = (routes: readonly RouteEntry[]): readonly RouteEntry[] =>
  env().isProduction ? routes.filter(({ module }) => !Object.values(module).some(isLocalOnly)) : routes;

const isLocalOnly = (handler: RouteHandler) => handler.declaration.localOnly;

export const nothingHere = () => new AppError("not_found", "There is nothing at this address.");
