const NOTES_HZ = [523.25, 659.25, 783.99];
const NOTE_SECONDS = 0.22;

type Sinkable = AudioContext & { setSinkId?: (id: string) => Promise<void> };

/** Three soft notes from the speaker that was chosen. Resolves when they are over. */
export async function playTestSound(speakerId: string | null): Promise<void> {
  const context: Sinkable = new AudioContext();
  // Only some browsers let a page choose; the others play where the system says.
  if (speakerId !== null) await context.setSinkId?.(speakerId);
  await context.resume();
  NOTES_HZ.forEach((pitch, index) => {
    const at = context.currentTime + index * NOTE_SECONDS;
    const tone = new OscillatorNode(context, { frequency: pitch, type: "sine" });
    const loudness = new GainNode(context, { gain: 0 });
    loudness.gain.setValueAtTime(0, at);
    loudness.gain.linearRampToValueAtTime(0.18, at + 0.03);
    loudness.gain.exponentialRampToValueAtTime(0.001, at + NOTE_SECONDS * 1.6);
    tone.connect(loudness).connect(context.destination);
    tone.start(at);
    tone.stop(at + NOTE_SECONDS * 1.6);
    if (index === NOTES_HZ.length - 1) tone.onended = () => void context.close();
  });
  await new Promise<void>((resolve) => {
    context.onstatechange = () => context.state === "closed" && resolve();
  });
}
