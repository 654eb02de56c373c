import { expect, test } from "vitest";
import { add, dollars } from "@/lib/money";
import { billOf, type Call, callSoFar, oneSecondLater, tapeOf } from "./call";

const after = (seconds: number, line: "up" | "cut" = "up"): Call =>
  Array.from({ length: seconds }).reduce<Call>((call) => oneSecondLater(call, line), callSoFar);

test("opens on the drawn receipt", () => {
  expect(billOf(callSoFar)).toMatchObject({
    time: "12:04",
    left: "2:24",
    total: dollars("83.181"),
    provider: dollars("58.2267"),
  });
});

test("bills nothing while the line is cut", () => {
  expect(billOf(after(9, "cut"))).toMatchObject({ state: "paused", time: "12:04", total: dollars("83.181") });
});

test("drops by itself for eight seconds, and those are free", () => {
  expect(billOf(after(20)).total).toBe(dollars("85.511"));
  expect(billOf(after(28))).toMatchObject({ state: "paused", total: dollars("85.511") });
  expect(billOf(after(29)).state).toBe("live");
});

test("ends inside what was set aside, returns the rest, and begins again", () => {
  const ended = billOf(after(152));
  expect(ended).toMatchObject({ state: "ended", left: "0:00", total: dollars("99.957"), returned: dollars("0.043") });
  expect(after(165)).toEqual(callSoFar);
});

test("prints lines that add up to the total in every second, with the split whole", () => {
  for (let call = callSoFar, second = 0; second < 160; second += 1, call = oneSecondLater(call, "up")) {
    const { total, provider, platform } = billOf(call);
    const lines = tapeOf(call);
    const unfinished = lines.some((line) => line.kind === "billed")
      ? add(...lines.map((line) => line.amount))
      : dollars("0");
    if (call.stretches.at(-1)?.kind === "billed") expect(unfinished).toBe(total);
    expect(add(provider, platform)).toBe(total);
  }
});
