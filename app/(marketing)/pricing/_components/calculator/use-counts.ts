"use client";

import { useState } from "react";

const MOST = 10_000_000;

export type Count<K extends string> = { name: K; label: string; hint?: string; least: number; most?: number };
type Numbers<K extends string> = Record<K, number>;

/** Whole numbers as somebody types them: nothing is computed until each of them is one. */
export function useCounts<K extends string>(counts: Count<K>[], start: Numbers<K>) {
  const [typed, setTyped] = useState<Partial<Record<K, string>>>({});
  const read = ({ name, least, most = MOST }: Count<K>): number | undefined => {
    const text = (typed[name] ?? String(start[name])).trim();
    const value = /^\d{1,9}$/.test(text) ? Number(text) : undefined;
    return value !== undefined && value >= least && value <= most ? value : undefined;
  };

  const fields = counts.map((count) => ({
    ...count,
    value: typed[count.name] ?? String(start[count.name]),
    error: read(count) === undefined ? wordsFor(count) : undefined,
    set: (text: string) => setTyped((all) => ({ ...all, [count.name]: text })),
  }));
  const isSane = fields.every(({ error }) => error === undefined);
  const numbers = { ...start };
  for (const count of counts) numbers[count.name] = read(count) ?? start[count.name];
  return { fields, numbers: isSane ? numbers : undefined };
}

const words = new Intl.NumberFormat("en-US");
const wordsFor = ({ least, most = MOST }: Count<string>): string =>
  `A whole number from ${least} to ${words.format(most)}.`;
