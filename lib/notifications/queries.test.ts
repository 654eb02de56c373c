import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { mails } from "@/lib/db/schema";
import { newId } from "@/lib/ids";
import { guestCtx } from "@/lib/testing/people";
import { listMails } from "./queries";

test("finds mail by a part of its address or its subject, whatever else was typed", async () => {
  const id = newId("mail");
  await db().insert(mails).values({ id, recipient: "dana@lantern.example", subject: "Hello", text: "Hi", html: "" });
  expect(await listMails(guestCtx(), { sought: "da\u0000na@" })).toMatchObject([{ id }]);
  expect(await listMails(guestCtx(), { sought: "hELL" })).toMatchObject([{ id }]);
  expect(await listMails(guestCtx(), { sought: "\u0000" })).toMatchObject([{ id }]);
  expect(await listMails(guestCtx(), { sought: "d_na" })).toEqual([]);
});
