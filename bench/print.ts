import { type Figure, figureOf, type Round, type Turn } from "./rounds";

export const tableHead = (): string =>
  `    ${"".padEnd(20)}${"calls/s".padStart(9)}${"range".padStart(18)}${"CPU a call".padStart(13)}${"p50".padStart(11)}${"p99".padStart(11)}`;

export function figureLine(name: string, rounds: readonly Round[]): string {
  const speed = over(rounds, name, (turn) => turn.callsPerSecond);
  const cells = [
    whole(speed.median).padStart(9),
    `${whole(speed.least)} to ${whole(speed.most)}`.padStart(18),
    `${whole(over(rounds, name, (turn) => turn.cpuMicros).median)} µs`.padStart(13),
    `${fixed(over(rounds, name, (turn) => turn.p50Ms).median)} ms`.padStart(11),
    `${fixed(over(rounds, name, (turn) => turn.p99Ms).median)} ms`.padStart(11),
  ];
  return `    ${name.padEnd(20)}${cells.join("")}`;
}

/** Calls per second beside each other, and the processor time of a call, which a busy machine cannot bend. */
export function ratioLine(rounds: readonly Round[], one: string, other: string, aim: string): string {
  const speed = figureOf(rounds.map((round) => of(round, one).callsPerSecond / of(round, other).callsPerSecond));
  const work = figureOf(rounds.map((round) => of(round, other).cpuMicros / of(round, one).cpuMicros));
  const name = `${one} / ${other}`;
  return `    ${name.padEnd(27)}${fixed(speed.median).padStart(7)}   (${range(speed)})   by CPU time ${fixed(work.median)} (${range(work)})   aim ${aim}`;
}

export const range = ({ least, most }: Figure): string => `${fixed(least)} to ${fixed(most)}`;

export const fixed = (value: number): string => value.toFixed(2);

const whole = (value: number): string => Math.round(value).toLocaleString("en");

const over = (rounds: readonly Round[], name: string, pick: (turn: Turn) => number): Figure =>
  figureOf(rounds.map((round) => pick(of(round, name))));

function of(round: Round, name: string): Turn {
  const turn = round.get(name);
  if (!turn) throw new Error(`${name} did not take part.`);
  return turn;
}
