import { expect, test } from "vitest";
import { MultimediaError } from "./error";
import { masked } from "./masked";

test("nothing that opens a door is left in what is shown, however deep it lies", () => {
  const shown = masked({
    ok: true,
    data: {
      roomId: "room_1",
      resumeToken: "resume-me",
      token: "aaa.bbb.ccc",
      iceServers: [{ urls: ["turn:a"], username: "1:participant_1", credential: "s3cret" }],
      sdp: "v=0\r\na=ice-ufrag:abcd\r\na=ice-pwd:do-not-tell\r\na=mid:0\r\n",
    },
  });
  expect(JSON.stringify(shown)).not.toMatch(/resume-me|aaa\.bbb|s3cret|do-not-tell/);
  expect(shown).toMatchObject({
    data: {
      roomId: "room_1",
      iceServers: [{ urls: ["turn:a"], username: "1:participant_1", credential: "•••" }],
      sdp: "v=0\r\na=ice-ufrag:abcd\r\na=ice-pwd:•••\r\na=mid:0\r\n",
    },
  });
});

test("what is no plain value is told in words, and what is given stays as it is", () => {
  const track = { kind: "audio", readyState: "live", muted: true };
  const given = { stream: { id: "s1", getTracks: () => [track] }, token: "keep", listener: () => undefined };
  expect(masked(given)).toEqual({ stream: { stream: "s1", tracks: ["audio, live, muted"] }, token: "•••" });
  expect(given.token).toBe("keep");
  expect(masked(new MultimediaError("timeout", "Too late."))).toMatchObject({
    name: "MultimediaError",
    code: "timeout",
    message: "Too late.",
  });
});
