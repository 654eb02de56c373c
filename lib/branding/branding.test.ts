import { expect, test } from "vitest";
import { entitlementsOf } from "@/lib/entitlements/queries";
import { snapshotFor } from "@/lib/meetings/queries";
import { getRoom } from "@/lib/rooms/queries";
import { aMember, aPerson, guestCtx, type Person } from "@/lib/testing/people";
import { aPng } from "@/lib/testing/png";
import { aRoom, enter, subscribe } from "@/lib/testing/rooms";
import { changeBranding } from "./change";
import { dressOf } from "./dress";
import { brandOf, getBranding, getLogo, hashIn } from "./queries";
import { removeLogo } from "./remove-logo";
import { setLogo } from "./set-logo";

const png = aPng().toString("base64");
const seen = async ({ ctx, accountId }: Person) => brandOf(ctx, accountId, await entitlementsOf(ctx, accountId));

async function aBranded(branding: "custom" | "white-label" = "custom"): Promise<Person> {
  const person = await aPerson();
  await subscribe(person.accountId, { branding, whiteLabel: branding === "white-label" });
  return person;
}

test("a plan without branding refuses it and changes nothing", async () => {
  const person = await aPerson();
  await subscribe(person.accountId);
  const refusal = { code: "plan_limit" };
  await expect(changeBranding(person.ctx, { accent: "#0e5a3d" })).rejects.toMatchObject(refusal);
  await expect(setLogo(person.ctx, { png })).rejects.toMatchObject(refusal);
  expect(await getBranding(person.ctx)).toMatchObject({ right: "parley", accent: null, logo: null });
  expect(await seen(person)).toBeNull();
});

test("somebody who may not change the account may not change its look", async () => {
  const { accountId } = await aBranded();
  const { ctx } = await aMember(accountId, "member");
  await expect(changeBranding(ctx, { accent: "#0e5a3d" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(setLogo(ctx, { png })).rejects.toMatchObject({ code: "forbidden" });
  await expect(removeLogo(ctx)).rejects.toMatchObject({ code: "forbidden" });
});

test("what is not named stays, and null takes a value away", async () => {
  const person = await aBranded();
  await changeBranding(person.ctx, { displayName: "Lantern", accent: "#0e5a3d" });
  await changeBranding(person.ctx, { ground: "#ffffff", displayName: null });
  expect(await getBranding(person.ctx)).toMatchObject({ displayName: null, accent: "#0e5a3d", ground: "#ffffff" });
});

test("people in a room see the look, and no longer once the plan ends", async () => {
  const { host, roomId } = await aRoom({}, { branding: "custom" });
  await changeBranding(host.ctx, { displayName: "Lantern", accent: "#0e5a3d" });
  const { logo } = await setLogo(host.ctx, { png });
  const place = await enter(host.ctx, roomId);
  const { room } = await snapshotFor(host.ctx, place);
  expect(room).toMatchObject({ branding: "custom", brand: { name: "Lantern", accent: "#0e5a3d", logo } });
  expect(await getRoom(host.ctx, { id: roomId })).toMatchObject({ brand: { name: "Lantern", logo } });

  await subscribe(host.accountId, { branding: "parley" });
  expect(await seen(host)).toBeNull();
  expect(await getBranding(host.ctx)).toMatchObject({ right: "parley", displayName: "Lantern" });
});

test("a logo is had by its hash, by anybody, and is gone once it is taken away", async () => {
  const person = await aBranded();
  const own = aPng({ width: 40, words: "of this test" });
  const { logo } = await setLogo(person.ctx, { png: own.toString("base64") });
  const hash = hashIn(logo ?? "");
  expect(await getLogo(guestCtx(), { hash })).toEqual(aPng({ width: 40 }));
  await removeLogo(person.ctx);
  await removeLogo(person.ctx);
  await expect(getLogo(guestCtx(), { hash })).rejects.toMatchObject({ code: "not_found" });
});

test("mail wears the look, with white label without a word of us", async () => {
  const [custom, whole] = [await aBranded(), await aBranded("white-label")];
  await changeBranding(custom.ctx, { displayName: "Lantern", ground: "#101010" });
  expect(await dressOf(custom.ctx, custom.accountId)).toMatchObject({
    dress: {
      name: "Lantern",
      accent: null,
      ground: { colour: "#101010", text: "#ffffff" },
      hasLogo: false,
      isWhiteLabel: false,
    },
  });
  expect(await dressOf(whole.ctx, whole.accountId)).toMatchObject({ dress: { isWhiteLabel: true } });
});
