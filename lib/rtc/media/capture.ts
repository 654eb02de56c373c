export type Asked = { deviceId: string | null };

const PICTURE = { width: { ideal: 1_280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };

export const microphoneConstraints = (
  { deviceId }: Asked,
  processing: MediaTrackConstraints,
): MediaTrackConstraints => ({
  ...processing,
  ...(deviceId !== null && { deviceId: { exact: deviceId } }),
});

export const cameraConstraints = ({ deviceId }: Asked, asked: MediaTrackConstraints): MediaTrackConstraints => ({
  ...PICTURE,
  ...asked,
  ...(deviceId !== null && { deviceId: { exact: deviceId } }),
});

export const isSecure = (): boolean =>
  typeof navigator !== "undefined" && navigator.mediaDevices?.getUserMedia !== undefined;

/** Opens one device. A chosen one that is gone gives way to the one that the system prefers. */
export async function capture(kind: "audio" | "video", constraints: MediaTrackConstraints): Promise<MediaStreamTrack> {
  try {
    return await open(kind, constraints);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "OverconstrainedError") throw error;
    const { deviceId: _, ...loose } = constraints;
    return open(kind, loose);
  }
}

async function open(kind: "audio" | "video", constraints: MediaTrackConstraints): Promise<MediaStreamTrack> {
  const stream = await navigator.mediaDevices.getUserMedia({ [kind]: constraints });
  const [track] = stream.getTracks();
  if (!track) throw new DOMException("The browser opened nothing.", "NotFoundError");
  return track;
}
