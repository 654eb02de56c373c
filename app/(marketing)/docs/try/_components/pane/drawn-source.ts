import { type DrawnName, drawn } from "@/components/brand/people";
import { formatClock } from "@/lib/time";

const SIZE = { width: 480, height: 270 };
const PICTURES_A_SECOND = 12;
const TONE_LEVEL = 0.06;

export type Sitter = { look: DrawnName; toneHz: number };

/** A picture that moves and a tone that sounds, in the place of a camera and a microphone. Each asking opens fresh ones. */
export function openDrawn({ look, toneHz }: Sitter, { audio, video }: MediaStreamConstraints): MediaStreamTrack[] {
  return [...(audio ? toneOf(toneHz) : []), ...(video ? pictureOf(look) : [])];
}

function toneOf(frequency: number): MediaStreamTrack[] {
  const context = new AudioContext();
  const output = context.createMediaStreamDestination();
  const level = new GainNode(context, { gain: TONE_LEVEL });
  const tone = new OscillatorNode(context, { frequency });
  tone.connect(level).connect(output);
  tone.start();
  return output.stream.getAudioTracks().map((track) => whenStopped(track, () => void context.close()));
}

function pictureOf(look: DrawnName): MediaStreamTrack[] {
  const canvas = Object.assign(document.createElement("canvas"), SIZE);
  const brush = canvas.getContext("2d");
  if (!brush) return [];
  const beganAt = performance.now();
  const paint = () => paintPerson(brush, look, performance.now() - beganAt);
  paint();
  const timer = setInterval(paint, 1_000 / PICTURES_A_SECOND);
  const tracks = canvas.captureStream(PICTURES_A_SECOND).getVideoTracks();
  return tracks.map((track) => whenStopped(track, () => clearInterval(timer)));
}

/** Nobody is told of a track that is stopped on purpose, so the asking itself is listened to. */
function whenStopped(track: MediaStreamTrack, free: () => void): MediaStreamTrack {
  const stop = track.stop.bind(track);
  track.stop = () => {
    stop();
    free();
  };
  return track;
}

/** The same person as the page draws elsewhere, with a clock, so that a picture that stands still is seen to. */
function paintPerson(brush: CanvasRenderingContext2D, look: DrawnName, atMs: number): void {
  const { ground, body, face } = drawn[look];
  const sway = Math.sin(atMs / 900) * 5;
  brush.fillStyle = shaded(brush, ground, [0, 0, SIZE.width, SIZE.height]);
  brush.fillRect(0, 0, SIZE.width, SIZE.height);
  brush.fillStyle = shaded(brush, body, [135, 150, 345, 270]);
  disc(brush, 240, 330 + sway / 2, 150);
  brush.fillStyle = shaded(brush, face, [210, 66, 285, 172]);
  disc(brush, 246, 126 + sway, 52);
  brush.fillStyle = "oklch(0.96 0.01 120)";
  brush.font = "500 18px ui-monospace, monospace";
  brush.fillText(`${formatClock(atMs)}.${Math.floor(atMs / 100) % 10}`, 18, 32);
}

type Line = [x0: number, y0: number, x1: number, y1: number];

function shaded(brush: CanvasRenderingContext2D, [from, to]: [string, string], line: Line): CanvasGradient {
  const shade = brush.createLinearGradient(...line);
  shade.addColorStop(0, from);
  shade.addColorStop(1, to);
  return shade;
}

function disc(brush: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  brush.beginPath();
  brush.arc(x, y, radius, 0, 2 * Math.PI);
  brush.fill();
}
