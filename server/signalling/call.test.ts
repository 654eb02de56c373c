import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { createCall } from "@/lib/rtc/call/live-call";
import { createLocalMedia } from "@/lib/rtc/media/own-devices";
import { aGuest, aRoom } from "@/lib/testing/rooms";
import { startLoops } from "../boot/loops";
import { until } from "../testing/room-line";
import { type Served, serve } from "../testing/serve";

vi.setConfig({ testTimeout: 30_000 });

let served: Served;
let loops: Awaited<ReturnType<typeof startLoops>>;
beforeAll(async () => {
  served = await serve();
  loops = await startLoops(served);
});
afterAll(async () => {
  await loops.stop();
  await served.close();
});

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
