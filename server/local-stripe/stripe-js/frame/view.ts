import type { Checked, Params, Setting } from "../wire";

/** What one frame shows. */
export type View = {
  root: HTMLElement;
  /** The payload of a change event, without the kind. */
  state(): Params;
  /** Shows what is wrong and goes to the first of it. */
  check(): Checked;
  /** What was typed, as the API wants it. */
  params(): Params | Promise<Params>;
  update(setting: Setting): void;
  focus(): void;
  clear(): void;
  collapse?(): void;
};
