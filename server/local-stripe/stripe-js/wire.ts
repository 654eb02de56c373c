import type { Appearance, CssFontSource, CustomFontSource } from "@stripe/stripe-js";

/** What a page and a frame say to each other. A card number is in neither direction. */
export type FrameKind = "payment" | "card" | "cardNumber" | "cardExpiry" | "cardCvc" | "address" | "linkAuthentication";

export type Params = { [name: string]: unknown };
export type Answer = { status: number; body: Params };
export type Fault = { type: "validation_error"; code: string; message: string };
export type Font = CssFontSource | CustomFontSource;

/** What a frame has to know before it shows anything. */
export type Setting = {
  kind: FrameKind;
  key: string;
  /** Frames of one group find each other by it. */
  group: string;
  /** Methods in the order in which they are offered. */
  methods: string[];
  /** Whether the method will be charged again later, which its holder is told. */
  keeps: boolean;
  options: Params;
  appearance: Appearance;
  fonts: Font[];
};

export type ToFrame =
  | { do: "update"; methods?: string[]; keeps?: boolean; options?: Params; appearance?: Appearance; fonts?: Font[] }
  | { do: "focus" | "blur" | "clear" | "collapse" }
  /** Says which field is wrong, if one is, and shows it. */
  | { do: "check"; call: number }
  /** Sends what was typed, together with `params`, to one of the few addresses a frame knows. */
  | { do: "send"; call: number; to: string; params: Params };

export type FromFrame =
  | { tell: "ready"; state: Params }
  | { tell: "size"; height: number }
  | { tell: "event"; name: "change" | "focus" | "blur" | "escape"; payload: Params }
  | { tell: "answer"; call: number; answer: unknown };

export type Checked = { fault?: Fault; method: string };

/** The first message; the port for all that follow comes with it. */
export type Opening = { localStripe: "open"; setting: Setting };
/** What the page of a bank's question says when it was answered. */
export type Answered = { localStripe: "answered"; intent: string } | { localStripe: "left" };
/** What an embedded Checkout says of itself. */
export type CheckoutWord =
  | { localStripe: "checkout"; height: number }
  | { localStripe: "checkout"; complete: true; goTo: string | null };
