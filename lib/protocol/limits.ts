/** What a socket may send, in numbers that both ends know. Nothing is imported here, so that a page can have it for free. */
export const LIMITS = {
  messageBytes: 131_072,
  sdpCharacters: 65_536,
  candidateCharacters: 2_048,
  candidatesAtOnce: 50,
  chatCharacters: 4_000,
  captionCharacters: 500,
  nameCharacters: 60,
} as const;

/** How long things take, in milliseconds. */
export const TIMES = {
  /** So often a socket is heard of at least; a place without a sign of life is given up after `seatMs`. */
  heartbeatMs: 10_000,
  /** Others hear that somebody is reconnecting only after this, so that a short gap shows nowhere. */
  reconnectingMs: 5_000,
  /** So long a place is kept for somebody whose line broke. */
  seatMs: 20_000,
  /** So long somebody may come back as the same person. */
  resumeMs: 120_000,
} as const;

export const REACTIONS = ["👍", "👏", "❤️", "😂", "😮", "🎉", "👎", "🤔"] as const;
