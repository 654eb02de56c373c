import { expect, test } from "vitest";
import { creditPackages } from "@/lib/plans/catalogue";
import { calculateCost, csvLine, findPackage, kindOf, packageFor, pricePerCredit, type Video } from "./rules";

const plain = { customMusic: false, premiumTTS: false, aiEnhancement: false };

const DOCUMENTED: [video: Video, credits: number, formula: string][] = [
  [{ ...plain, durationMinutes: 3, resolution: "720p" }, 15, "15 = 15 credits"],
  [{ ...plain, durationMinutes: 5, resolution: "1080p", customMusic: true }, 42, "40 + 2 = 42 credits"],
  [{ ...plain, durationMinutes: 10, resolution: "720p", premiumTTS: true }, 53, "50 + 3 = 53 credits"],
  [
    { durationMinutes: 1, resolution: "1080p", customMusic: true, premiumTTS: true, aiEnhancement: true },
    17,
    "8 + 2 + 3 + 4 = 17 credits",
  ],
];

test.each(DOCUMENTED)("%j costs %i", (video, credits, formula) => {
  const cost = calculateCost(video);
  expect(cost).toMatchObject({ credits, formula });
  expect(cost.lines.reduce((sum, line) => sum + line.credits, 0)).toBe(credits);
});

test("explains each line", () => {
  expect(calculateCost({ ...plain, durationMinutes: 5, resolution: "1080p", customMusic: true }).lines).toEqual([
    { label: "1080p video", formula: "5 minutes x 8 credits", credits: 40 },
    { label: "Custom music", formula: "2 credits, once", credits: 2 },
  ]);
});

test("the four packages answer to their numbers, and the larger the cheaper a credit", () => {
  expect([1, 2, 3, 4].map((id) => findPackage(id)?.name)).toEqual(["Starter", "Pro", "Business", "Enterprise"]);
  expect(findPackage(5)).toBeUndefined();
  expect(creditPackages.map(pricePerCredit)).toEqual([199_800, 156_188, 145_436, 136_359]);
});

test("a movement has the word that a reader knows it by", () => {
  expect(["credits.bought", "credits.welcome", "credits.collected", "video.held", "anything"].map(kindOf)).toEqual([
    ...["purchase", "gift", "dispute", "usage", "usage"],
  ]);
});

test.each([
  [["plain", -15], "plain,-15\r\n"],
  [['=HYPERLINK("http://x.example")'], `"'=HYPERLINK(""http://x.example"")"\r\n`],
  [["+1", "-1", "@SUM(A1)", "\t=1", " =1"], "'+1,'-1,'@SUM(A1),'\t=1,' =1\r\n"],
  [["two\nlines", "a, b"], '"two\nlines","a, b"\r\n'],
])("writes %j so that no spreadsheet carries it out", (cells, line) => {
  expect(csvLine(cells)).toBe(line);
});

test.each([
  [0, 2],
  [1, 1],
  [50, 1],
  [51, 2],
  [160, 2],
  [161, 3],
  [2_200, 4],
  [9_000, 4],
])("of %i that are missing, package %i brings them", (missing, id) => {
  expect(packageFor(missing)).toBe(id);
});
