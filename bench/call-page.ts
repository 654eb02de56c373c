import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/* Both ways in one page: a call through Parley, and two connections of the page with each other, with nothing between them. */

const pageFor = (parley: string) => `<!doctype html><title>Call</title><video id="seen" autoplay muted></video>
<script src="${parley}/sdk/multimedia-sdk.js"></script>
<script>
const PICTURE = { width: 640, height: 360, frameRate: 30 };
const marks = {};
const mark = (name) => { marks[name] ??= performance.now() - marks.click; };
const begin = () => { for (const name of Object.keys(marks)) delete marks[name]; marks.click = performance.now(); };

const Native = RTCPeerConnection;
window.RTCPeerConnection = class extends Native {
  constructor(configuration) {
    super(configuration);
    this.addEventListener("signalingstatechange", () => mark(this.signalingState === "have-local-offer" ? "offered" : "agreed"));
    this.addEventListener("connectionstatechange", () => { if (this.connectionState === "connected") mark("connected"); });
  }
};

function firstFrame(stream) {
  const video = document.getElementById("seen");
  video.srcObject = stream;
  return new Promise((seen) => video.requestVideoFrameCallback(() => { mark("frame"); seen(); }));
}

async function enter(key, room, isMeasured) {
  const sdk = new MultimediaSDK("${parley}");
  window.sdk = sdk;
  sdk.apiKey = key;
  await sdk.startVideoCall({ video: PICTURE });
  const seen = isMeasured && new Promise((frame) => sdk.on("remoteStream", ({ stream }) => firstFrame(stream).then(frame)));
  begin();
  await sdk.connect();
  mark("line");
  await sdk.joinRoom(room, "Bench", "video");
  mark("joined");
  await seen;
  return { ...marks };
}

async function loopback() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: PICTURE });
  begin();
  const [one, other] = [new RTCPeerConnection(), new RTCPeerConnection()];
  one.onicecandidate = ({ candidate }) => other.addIceCandidate(candidate);
  other.onicecandidate = ({ candidate }) => one.addIceCandidate(candidate);
  const seen = new Promise((frame) => { other.ontrack = ({ track, streams }) => { if (track.kind === "video") firstFrame(streams[0]).then(frame); }; });
  for (const track of stream.getTracks()) one.addTrack(track, stream);
  await one.setLocalDescription();
  await other.setRemoteDescription(one.localDescription);
  await other.setLocalDescription();
  await one.setRemoteDescription(other.localDescription);
  await seen;
  const taken = { ...marks };
  one.close();
  other.close();
  for (const track of stream.getTracks()) track.stop();
  return taken;
}
</script>`;

/** Serves the page on an origin of its own, as an application's would be. */
export async function openCallPage(parley: string): Promise<{ url: string; close(): void }> {
  const page = pageFor(parley);
  const server = createServer((_req, res) => res.writeHead(200, { "content-type": "text/html" }).end(page));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo; // a server that listens on a port has one
  return { url: `http://localhost:${port}/`, close: () => server.close() };
}
