import { z } from "zod";
import { LIMITS, REACTIONS } from "./limits";
import { Candidate, Description, negotiation, ParticipantId, Sdp } from "./room-parts";

const someone = z.string().max(64).optional();

/** Documented clients name the other end in different words; left out, it is the only other person in the room. */
const aimed = {
  target: someone,
  targetId: someone,
  targetUserId: someone,
  targetParticipantId: someone,
  to: someone,
};

type Aimed = { [K in keyof typeof aimed]?: string | undefined };

const targetOf = ({ target, targetId, targetUserId, targetParticipantId, to }: Aimed) =>
  target ?? targetId ?? targetUserId ?? targetParticipantId ?? to;

/** The text stands under the event's own name, under `description` or under `sdp`. */
const described = z
  .object({
    ...aimed,
    ...negotiation,
    offer: Description.optional(),
    answer: Description.optional(),
    description: Description.optional(),
    sdp: Description.optional(),
  })
  .transform(({ negId, epoch, ufrag, iceRestart, tracks, ...said }, ctx) => {
    const sdp = textOf(said.offer ?? said.answer ?? said.description ?? said.sdp);
    if (sdp === undefined) {
      ctx.addIssue("The description is missing.");
      return z.NEVER;
    }
    return { target: targetOf(said), sdp, negotiation: { negId, epoch, ufrag, iceRestart, tracks } };
  });

const textOf = (description: z.output<typeof Description> | undefined): string | undefined =>
  typeof description === "object" ? description.sdp : description;

const OneCandidate = z.union([
  Candidate,
  z
    .string()
    .max(LIMITS.candidateCharacters)
    .transform((candidate) => ({ candidate })),
  z.null().transform(() => ({ candidate: "" })),
]);

/** One candidate or a batch. An empty one says that there are no more. */
const candidates = z
  .object({
    ...aimed,
    negId: negotiation.negId,
    epoch: negotiation.epoch,
    ufrag: negotiation.ufrag,
    candidate: OneCandidate.optional(),
    candidates: z.array(OneCandidate).max(LIMITS.candidatesAtOnce).optional(),
  })
  .transform(({ negId, epoch, ufrag, candidate, candidates: batch, ...said }) => ({
    target: targetOf(said),
    candidates: batch ?? (candidate === undefined ? [{ candidate: "" }] : [candidate]),
    negotiation: { negId, epoch, ufrag },
  }));

const aside = z.object({});

/** What goes from one person to another, or to all of the room, and is kept nowhere. */
export const relayCalls = {
  offer: { input: described, output: aside },
  answer: { input: described, output: aside },
  "ice-candidate": { input: candidates, output: aside },
  renegotiate: { input: z.object(aimed).transform((said) => ({ target: targetOf(said) })), output: aside },
  "set-quality": {
    input: z.object({ participantId: z.string().max(64), level: z.enum(["low", "medium", "high", "off"]) }),
    output: aside,
  },
  reaction: { input: z.object({ emoji: z.enum(REACTIONS) }), output: aside },
  caption: {
    input: z.object({
      text: z.string().max(LIMITS.captionCharacters),
      final: z.boolean(),
      lang: z.string().max(35).optional(),
    }),
    output: aside,
  },
} as const;

const from = { from: ParticipantId, fromName: z.string(), userId: ParticipantId };

/** The same at the other end. `from` is the server's word. */
export const relayEvents = {
  offer: z.object({
    ...from,
    ...negotiation,
    offer: z.object({ type: z.literal("offer"), sdp: Sdp }),
    sdp: Sdp,
  }),
  answer: z.object({
    ...from,
    ...negotiation,
    answer: z.object({ type: z.literal("answer"), sdp: Sdp }),
    sdp: Sdp,
  }),
  "ice-candidate": z.object({
    ...from,
    negId: negotiation.negId,
    epoch: negotiation.epoch,
    ufrag: negotiation.ufrag,
    /** The first of them, or the only one. */
    candidate: Candidate,
    candidates: z.array(Candidate).optional(),
  }),
  renegotiate: z.object(from),
  "quality-request": z.object({ ...from, level: z.enum(["low", "medium", "high", "off"]) }),
  reaction: z.object({ ...from, emoji: z.enum(REACTIONS) }),
  caption: z.object({ ...from, text: z.string(), final: z.boolean(), lang: z.string().optional() }),
} as const;
