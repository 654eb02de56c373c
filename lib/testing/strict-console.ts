import { format } from "node:util";
import { afterEach } from "vitest";

/** What was written as an error is an error: the test that caused it fails, with the text. */
const complaints: string[] = [];

console.error = (...parts: unknown[]) => {
  complaints.push(format(...parts));
};

afterEach(() => {
  const heard = complaints.splice(0);
  if (heard.length > 0) throw new Error(`console.error was called:\n${heard.join("\n")}`);
});
