import { env } from "@/lib/env";
import type { DemoLogin } from "./seed";

type Greeting = { port: number; wantedPort: number; demo: DemoLogin[]; stripeUrl: string | undefined };

/** What a newcomer reads when it runs. The last line is the one that tools wait for. */
export function greet({ port, wantedPort, demo, stripeUrl }: Greeting): string {
  const { publicUrl, isProduction } = env();
  const lines: string[] = [""];
  if (port !== wantedPort && wantedPort !== 0) lines.push(`Port ${wantedPort} is taken, so this is on ${port}.`);
  if (demo.length > 0) {
    lines.push("Sign in with one of these, or open an account of your own:");
    for (const { email, password, what } of demo) lines.push(`  ${email.padEnd(26)} ${password.padEnd(24)} ${what}`);
  }
  if (!isProduction)
    lines.push(`Mail that Parley sends is at ${publicUrl}/local/mailbox`, `Its clock is at ${publicUrl}/local/time`);
  if (stripeUrl) lines.push(`Its Stripe, where no money moves, is at ${stripeUrl}/_local?key=sk_test_local_parley`);
  lines.push(`Parley is ready at ${publicUrl}`, "");
  return lines.join("\n");
}
