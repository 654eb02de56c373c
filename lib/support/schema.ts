import { z } from "zod";
import { idSchema, line, Page, prose } from "@/lib/input";
import type { SUPPORT_LEVELS } from "./rules";

export const REQUEST_STATES = ["open", "answered", "closed"] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

const LONGEST_MESSAGE = 5_000;
const Message = prose(LONGEST_MESSAGE, "message");

export const OpenRequest = z.strictObject({
  subject: line(120, "subject"),
  message: Message,
  relatesTo: z
    .union([
      z.literal("").transform(() => undefined),
      z.string().regex(/^[\w-]{8,64}$/, "A request id has 8 to 64 letters, digits, dashes or underscores."),
    ])
    .optional(),
});
export type OpenRequest = z.output<typeof OpenRequest>;

export const RequestRef = z.strictObject({ id: idSchema("support") });
export type RequestRef = z.output<typeof RequestRef>;

export const WriteMessage = z.strictObject({ id: idSchema("support"), message: Message });
export type WriteMessage = z.output<typeof WriteMessage>;

export const ListRequests = Page.extend({ cursor: idSchema("support").optional() });
export type ListRequests = z.output<typeof ListRequests>;

export const ListQueue = z.strictObject({
  state: z.enum(REQUEST_STATES).default("open"),
  page: z.coerce.number().int().min(1).max(1_000).default(1),
});
export type ListQueue = z.output<typeof ListQueue>;

export type ListedRequest = {
  id: RequestRef["id"];
  subject: string;
  state: RequestState;
  level: (typeof SUPPORT_LEVELS)[number];
  createdAt: Date;
  updatedAt: Date;
  waitingSince: Date;
};

export type QueuedRequest = ListedRequest & { accountName: string; personName: string };

export type ThreadMessage = { id: string; side: "person" | "staff"; name: string; body: string; createdAt: Date };

export type Thread = ListedRequest & { relatesTo: string | null; messages: ThreadMessage[] };
export type QueuedThread = Thread & { accountId: string; accountName: string; personName: string; email: string };
