import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { createCall } from "@/lib/rtc/call/live-call";
import { createLocalMedia } from "@/lib/rtc/media/own-devices";
import { aGuest, aRoom } from "@/lib/testing/rooms";
import { hours } from "@/lib/time";
import { until } from "../testing/room-line";
import { type Served, serveWithLoops } from "../testing/serve";

vi.setConfig({ testTimeout: 30_000 });

let served: Served;
beforeAll(async () => {
  served = await serveWithLoops();
});
afterAll(() => served.close());

test("what the server does not want to hear on coming back leaves the call as it is", async () => {
  const room = await aRoom({ type: "voice" });
  const { token } = await aGuest(room);
  const devices = createLocalMedia();
  const state = devices.getSnapshot();
  // A camera that was on before the call, in a room for voices.
  const local = Object.assign(Object.create(devices), {
    getSnapshot: () => ({ ...state, camera: { ...state.camera, status: "on" } }),
  });
  const call = createCall({ url: served.url, credentials: { token }, deviceId: "laptop-one", local });
  onTestFinished(() => call.leave());
  const heard: string[] = [];
  for (const name of ["joined", "reconnected", "ended"] as const) call.on(name, () => heard.push(name));

  await call.join({ roomId: room.roomId, name: "Noor", type: "voice" });
  const id = call.getSnapshot().self?.id;
  call.breakLine();
  await until(() => expect(heard).toContain("reconnected"));
  expect(heard).toEqual(["joined", "reconnected"]);
  expect(call.getSnapshot()).toMatchObject({ phase: "connected", self: { id } });
});

test("a call that outlasts the token it got inside asks the page for another one, and goes on", async () => {
  onTestFinished(() => void vi.useRealTimers());
  const room = await aRoom();
  let asked = 0;
  const credentials = async () => {
    asked += 1;
    return { token: (await aGuest(room, { subject: "noor" })).token };
  };
  const call = createCall({ url: served.url, credentials, deviceId: "laptop-one" });
  onTestFinished(() => call.leave());
  let returns = 0;
  call.on("reconnected", () => {
    returns += 1;
  });
  await call.join({ roomId: room.roomId, name: "Noor" });
  const id = call.getSnapshot().self?.id;
  call.breakLine();
  await until(() => expect(returns).toBe(1));
  expect(asked).toBe(1);

  vi.setSystemTime(Date.now() + hours(7));
  call.breakLine();
  await until(() => expect(returns).toBe(2));
  expect(asked).toBe(2);
  expect(call.getSnapshot()).toMatchObject({ phase: "connected", self: { id } });
});
