import type { Space } from "../store/space";
import type { RawParts } from "./form";
import { list, type Read, readParams, type Shape, text } from "./params";

export type Method = "GET" | "POST" | "DELETE";
export type PathParts = Record<string, string>;
export type Call<S extends Shape> = {
  space: Space;
  params: Read<S>;
  id: string;
  path: PathParts;
  caller: "secret" | "publishable";
};
export type Answer = object;

/** One endpoint. Reading its parameters and running it are two steps, because a request that cannot be read never started. */
export type Operation = {
  name: string;
  method: Method;
  path: string;
  /** Whether a publishable key may call it. */
  open: boolean;
  parameters: string[];
  read(raw: RawParts): { expand: string[]; run(call: Omit<Call<Shape>, "params">): Promise<Answer> };
};

type Spec<S extends Shape> = {
  on: `${Method} /${string}`;
  params?: S;
  open?: boolean;
  run(call: Call<S>): Promise<Answer>;
};

const EVERYWHERE = { expand: list(text(200)) };

export function operation<S extends Shape = Record<never, never>>({
  on,
  params,
  open = false,
  run,
}: Spec<S>): Operation {
  const [method, path] = on.split(" ") as [Method, string]; // the type of `on` says so
  const shape = { ...params, ...EVERYWHERE };
  return {
    name: on,
    method,
    path,
    open,
    parameters: Object.keys(shape),
    read(raw) {
      const { expand = [], ...read } = readParams(shape, raw);
      return { expand, run: (call) => run({ ...call, params: read as Read<S> }) }; // `shape` is S and `expand`, which was taken out
    },
  };
}
