import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CallRoom } from "@/components/call/call-room";
import { visitor } from "@/lib/http/page";
import { isId } from "@/lib/ids";
import { getUser } from "@/lib/logins/queries";
import { knownRoom } from "./_components/known-room";
import { enterByLinkAction } from "./actions";

export const metadata: Metadata = { title: "Call", robots: { index: false } };

type Props = { params: Promise<{ roomId: string }> };

export default async function CallPage({ params }: Props) {
  const [ctx, { roomId }] = await Promise.all([visitor(), params]);
  if (!isId("room", roomId)) notFound();
  const [user, known] = ctx ? await Promise.all([getUser(ctx), knownRoom(ctx, { id: roomId })]) : [null, null];
  const me = user && { name: user.name, roomsHref: `/dashboard/rooms/${roomId}` };
  return <CallRoom roomId={roomId} me={me} known={known} enterByLink={enterByLinkAction} />;
}
