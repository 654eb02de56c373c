import { z } from "zod";
import { ChatId, ChatMessage, ChatText, MEDIA_KINDS, PersonName } from "./room-parts";

const ToggleMedia = z
  .object({
    type: z.enum(MEDIA_KINDS).optional(),
    mediaType: z.enum(MEDIA_KINDS).optional(),
    kind: z.enum(MEDIA_KINDS).optional(),
    enabled: z.boolean(),
  })
  .transform(({ type, mediaType, kind, enabled }, ctx) => {
    const media = type ?? mediaType ?? kind;
    if (media === undefined) {
      ctx.addIssue("type is missing.");
      return z.NEVER;
    }
    return { media, enabled };
  });

/** What somebody says of themselves, and to everybody. */
export const talkCalls = {
  "toggle-media": { input: ToggleMedia, output: z.object({}) },
  "update-participant": {
    input: z.object({ name: PersonName.optional(), hand: z.boolean().optional() }),
    output: z.object({}),
  },
  /** The same `clientId` again answers the message that is there. */
  "chat-message": { input: z.object({ text: ChatText, clientId: z.string().min(1).max(64) }), output: ChatMessage },
  "chat-delete": { input: z.object({ id: ChatId }), output: z.object({}) },
} as const;
