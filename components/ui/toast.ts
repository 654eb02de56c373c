export type Toast = {
  id: number;
  tone: "settled" | "loss" | "plain";
  title: string;
  body?: string | undefined;
  action?: { label: string; run: () => void } | undefined;
};

type Words = Omit<Toast, "id" | "tone" | "title">;

let shown: Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: Toast[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

function show(tone: Toast["tone"], title: string, words: Words = {}): void {
  lastId += 1;
  set([...shown, { id: lastId, tone, title, ...words }].slice(-3));
}

/** `toast.settled("$25.00 added", { body: "You can talk 3:34 longer." })` */
export const toast = {
  settled: (title: string, words?: Words) => show("settled", title, words),
  loss: (title: string, words?: Words) => show("loss", title, words),
  plain: (title: string, words?: Words) => show("plain", title, words),
};

export const toasts = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  current: () => shown,
  dismiss: (id: number) => set(shown.filter((one) => one.id !== id)),
};
