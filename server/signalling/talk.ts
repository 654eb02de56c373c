import { deleteChat } from "@/lib/chat/delete";
import { writeChat } from "@/lib/chat/write";
import { answerKnock, moderate } from "@/lib/meetings/moderate";
import { toggleMedia, updateParticipant } from "@/lib/meetings/say";
import { type Ears, onVerb } from "./on";
import { placeOf } from "./rooms";
import type { Seats } from "./seats";

/** What is written down before it is said: each is a verb of its own, done over the line that somebody is in by. */
export function serveTalk(ears: Ears, seats: Seats): void {
  const here = () => placeOf(seats, ears.line);

  onVerb(ears, "toggle-media", async (ctx, input) => {
    await toggleMedia(ctx, { line: here(), ...input });
    return {};
  });
  onVerb(ears, "update-participant", async (ctx, input) => {
    await updateParticipant(ctx, { line: here(), ...input });
    return {};
  });
  onVerb(ears, "chat-message", (ctx, input) => writeChat(ctx, { line: here(), ...input }));
  onVerb(ears, "chat-delete", async (ctx, { id }) => {
    await deleteChat(ctx, { line: here(), id });
    return {};
  });
  onVerb(ears, "moderate", async (ctx, act) => {
    await moderate(ctx, { line: here(), act });
    return {};
  });
  onVerb(ears, "admit", async (ctx, { knockId }) => {
    await answerKnock(ctx, { line: here(), knockId, admitted: true });
    return {};
  });
  onVerb(ears, "reject", async (ctx, { knockId }) => {
    await answerKnock(ctx, { line: here(), knockId, admitted: false });
    return {};
  });
}
