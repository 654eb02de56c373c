/** Video and voice rooms for an application of your own. */
export class MultimediaSDK {
  static readonly MultimediaError: typeof MultimediaError;

  /** `url` is where Parley is; left out, where the page came from. */
  constructor(url?: string, options?: SdkOptions);

  apiKey: string | undefined;
  token: string | (() => string | Promise<string>) | undefined;
  readonly url: string;

  connect(): Promise<void>;
  disconnect(): Promise<void>;
  createRoom(name: string, options?: NewRoom): Promise<SdkRoom>;
  joinRoom(roomId: string, name: string, type?: RoomKind, options?: { move?: boolean }): Promise<RoomState>;
  leaveRoom(): Promise<void>;

  startVideoCall(constraints?: MediaStreamConstraints): Promise<MediaStream>;
  startVoiceCall(constraints?: Pick<MediaStreamConstraints, "audio">): Promise<MediaStream>;
  toggleVideo(isOn?: boolean): Promise<boolean>;
  toggleAudio(isOn?: boolean): Promise<boolean>;
  startScreenShare(): Promise<MediaStream>;
  stopScreenShare(): void;
  sendChatMessage(text: string): Promise<void>;
  sendReaction(emoji: Reaction): void;
  raiseHand(isUp?: boolean): Promise<void>;
  setVideoQuality(level: VideoLevel): void;
  testNetwork(): Promise<NetworkReport>;

  on<K extends keyof SdkEvents>(name: K, listener: (body: SdkEvents[K]) => void): () => void;
  off<K extends keyof SdkEvents>(name: K, listener: (body: SdkEvents[K]) => void): void;

  readonly state: "idle" | "connecting" | "connected" | "reconnecting" | "ended";
  readonly room: RoomState;
  readonly participants: ReadonlyMap<string, Person>;
  readonly localParticipant: Self | null;
  readonly devices: Devices;
  readonly stats: Readable<{ people: ReadonlyMap<string, PeerFigures>; atMs: number }>;
  readonly billing: { usage(): Promise<unknown> };
  readonly debug: Debug;
}

/** Every error that the SDK throws. `userMessage` may be shown as it is. */
export class MultimediaError extends Error {
  readonly code: string;
  readonly userMessage: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly details: Record<string, unknown>;
}

/** One thing that happened: a message to or from the server, or an event that the application heard. Secrets are masked. */
export type Seen = {
  source: "signalling" | "sdk";
  direction: "in" | "out";
  kind: "ask" | "answer" | "told" | "event";
  name: string;
  body: unknown;
  atMs: number;
};

export type Debug = {
  inspect(listener: (seen: Seen) => void): () => void;
  dropSignalling(forMs: number): void;
  dropConnections(): void;
};

export type SdkOptions = { deviceId?: string; transportPolicy?: RTCIceTransportPolicy };
export type RoomKind = "video" | "voice";
export type Role = "host" | "moderator" | "speaker" | "listener";
export type VideoLevel = "auto" | "high" | "medium" | "low" | "off";
export type Reaction = "👍" | "👏" | "❤️" | "😂" | "😮" | "🎉" | "👎" | "🤔";
export type Media = { audio: boolean; video: boolean; screen: boolean };
export type NewRoom = { type?: RoomKind; maxParticipants?: number; waitingRoom?: boolean; locked?: boolean };
export type SdkRoom = { id: string; name: string; type: RoomKind; maxParticipants: number } & Record<string, unknown>;

/** One value that is replaced, never changed in place. */
export type Readable<T> = { getSnapshot(): T; subscribe(listener: () => void): () => void };

export type RoomState = {
  phase: "idle" | "connecting" | "waiting" | "connected" | "reconnecting" | "ended";
  room: {
    id: string;
    name: string;
    type: RoomKind;
    maxParticipants: number;
    locked: boolean;
    waitingRoom: boolean;
  } | null;
  self: Self | null;
  people: readonly Person[];
  chat: readonly ChatEntry[];
  knocks: readonly { knockId: string; name: string; userName: string }[];
  reconnect: { attempt: number; nextAtMs: number; sinceMs: number } | null;
  ended: Ended | null;
  refused: MultimediaError | null;
  warning: MinutesWarning | null;
};

export type Ended = { reason: string; message: string };
export type MinutesWarning = { percent: number; remainingMinutes: number; endsAtMs: number | null };

export type Self = {
  id: string;
  name: string;
  role: Role;
  grants: { publish: boolean; chat: boolean; moderate: boolean };
  hand: boolean;
  media: Media;
};

export type Person = {
  id: string;
  name: string;
  role: Role;
  hand: boolean;
  media: Media;
  isAway: boolean;
  link: "connecting" | "connected" | "reconnecting" | "failed";
  stream: MediaStream | null;
  screen: MediaStream | null;
  quality: QualityLevel;
};

export type QualityLevel = "unknown" | "good" | "fair" | "poor" | "lost";

export type ChatEntry = {
  id: string | null;
  from: string;
  userId: string;
  userName: string;
  text: string;
  clientId: string;
  ts: number;
  state: "sending" | "sent" | "failed";
};

type Flow = { kbps: number; lossPercent: number; jitterMs: number; fps: number; width: number; height: number };

export type PeerFigures = {
  id: string;
  score: number;
  level: QualityLevel;
  reason: string | null;
  rttMs: number | null;
  route: "direct" | "relay" | null;
  protocol: string | null;
  audioIn: Flow;
  videoIn: Flow;
  audioOut: Flow;
  videoOut: Flow;
  availableOutKbps: number | null;
  limitedBy: "cpu" | "bandwidth" | null;
};

export type NetworkReport = {
  verdict: "good" | "limited" | "blocked";
  reason: string;
  roundTripMs: number | null;
  hasUdp: boolean;
  hasRelay: boolean | null;
};

export type Device = { id: string; label: string };

export type DeviceStatus =
  | "off"
  | "asking"
  | "on"
  | "muted"
  | "denied"
  | "blocked"
  | "in_use"
  | "none"
  | "insecure"
  | "failed";

export type DeviceState = {
  status: DeviceStatus;
  deviceId: string | null;
  track: MediaStreamTrack | null;
  isUnplugged: boolean;
};

export type Processing = { noiseSuppression: boolean; echoCancellation: boolean; autoGainControl: boolean };

export type DevicesState = {
  microphone: DeviceState;
  camera: DeviceState;
  screen: { track: MediaStreamTrack | null; sound: MediaStreamTrack | null };
  stream: MediaStream | null;
  microphones: readonly Device[];
  cameras: readonly Device[];
  speakers: readonly Device[];
  speakerId: string | null;
  processing: Processing;
};

export type Devices = Readable<DevicesState> & {
  start(wanted: {
    microphone?: boolean | MediaTrackConstraints;
    camera?: boolean | MediaTrackConstraints;
  }): Promise<void>;
  setMicrophone(isOn: boolean): Promise<boolean>;
  setCamera(isOn: boolean): Promise<boolean>;
  chooseMicrophone(deviceId: string | null): Promise<void>;
  chooseCamera(deviceId: string | null): Promise<void>;
  chooseSpeaker(deviceId: string | null): void;
  flipCamera(): Promise<void>;
  startScreen(): Promise<MediaStream>;
  stopScreen(): void;
  setProcessing(change: Partial<Processing>): Promise<void>;
  refresh(): Promise<void>;
};

type Someone = { userId: string; participantId: string; userName: string };
type MediaKind = "audio" | "video" | "screen";

export type SdkEvents = {
  remoteStream: Someone & { stream: MediaStream };
  remoteStreamRemoved: Someone;
  screenStream: Someone & { stream: MediaStream };
  screenStreamRemoved: Someone;
  localStream: { stream: MediaStream | null };
  joined: { roomId: string; participantId: string };
  waiting: { roomId: string };
  tokenRenewed: { token: string };
  userJoined: Someone & { person: Person };
  userLeft: Someone & { reason: string };
  userUpdated: Someone & { person: Person };
  userReconnecting: Someone;
  userReconnected: Someone;
  userMediaToggled: Someone & { type: MediaKind; mediaType: string; enabled: boolean; by: string };
  mutedByHost: { type: MediaKind };
  chatMessage: ChatEntry;
  chatDeleted: { id: string };
  reaction: Someone & { emoji: string };
  caption: Someone & { text: string; final: boolean };
  knock: { knockId: string; userName: string };
  deviceUnplugged: { kind: "audio" | "video"; isReplaced: boolean };
  minutesWarning: MinutesWarning;
  stateChanged: { state: MultimediaSDK["state"] };
  reconnecting: { attempt: number };
  reconnected: { roomId: string };
  ended: Ended;
  error: MultimediaError;
};
