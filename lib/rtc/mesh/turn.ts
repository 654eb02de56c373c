/**
 * How descriptions belong together: `connection.number` for an offer, the same with `/connection` of who answers. A
 * new connection has a new name, so each end notices when the other began afresh.
 */
export type Turn = { offerer: string | undefined; answerer: string | undefined; number: number | undefined };

const TURN = /^([a-z0-9]{8})\.(\d{1,9})(?:\/([a-z0-9]{8}))?$/;

export const offerTurn = (connection: string, number: number): string => `${connection}.${number}`;
export const answerTurn = (offer: string, connection: string): string => `${offer}/${connection}`;

/** What another program wrote in its own way says nothing. */
export function readTurn(negId: string | number | undefined): Turn {
  const [, offerer, number, answerer] = TURN.exec(String(negId ?? "")) ?? [];
  return { offerer, answerer, number: number === undefined ? undefined : Number(number) };
}

export function newConnectionName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return [...bytes].map((byte) => (byte % 36).toString(36)).join("");
}

export type Standing = {
  polite: boolean;
  /** An offer of ours waits for its answer. */
  hasOffered: boolean;
  /** This connection has been agreed on before. */
  hasAgreed: boolean;
  /** The other end's connection, as far as it is known. */
  remote: string | undefined;
};

/**
 * What to do with an offer that arrives. Where the other end began afresh, an old connection of ours is of no use to
 * it, whoever gives way otherwise.
 */
export function judgeOffer(
  { polite, hasOffered, hasAgreed, remote }: Standing,
  turn: Turn,
): "take" | "renew" | "ignore" {
  const isAnew = turn.offerer !== undefined && remote !== undefined && turn.offerer !== remote;
  if (isAnew && hasAgreed) return "renew";
  if (hasOffered && !polite) return "ignore";
  // A first offer of ours may not be taken back: roles of the encryption could flip.
  return isAnew || (hasOffered && !hasAgreed) ? "renew" : "take";
}

/** An answer to anything but the offer that waits is of the past. Programs that name no turn mean the last one. */
export const isAnswerTo = (pending: string | undefined, negId: string | number | undefined): boolean => {
  if (pending === undefined) return false;
  const { offerer, number } = readTurn(negId);
  return offerer === undefined || number === undefined || offerTurn(offerer, number) === pending;
};
