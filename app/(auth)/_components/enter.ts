import type { FormRefusal } from "@/components/ui/form";

const FAILED = "Signing in did not work. Try again in a moment.";

/** Signs this browser in. Answers with the refusal, or with nothing. */
export async function enter(email: string, password: string): Promise<FormRefusal | undefined> {
  try {
    const { signIn } = await import("next-auth/react");
    const answer = await signIn("credentials", { email, password, redirect: false });
    if (answer?.ok && !answer.error) return undefined;
    return readRefusal(answer?.error ?? "");
  } catch {
    return { message: "Parley did not answer. Check your connection and try again." };
  }
}

/** The login library hands a refusal on as text; ours is JSON. */
function readRefusal(text: string): FormRefusal {
  let refusal: unknown;
  try {
    refusal = JSON.parse(text);
  } catch {
    return { message: FAILED };
  }
  if (typeof refusal !== "object" || refusal === null || !("message" in refusal)) return { message: FAILED };
  const seconds = "retryAfterSeconds" in refusal ? Number(refusal.retryAfterSeconds) : 0;
  return { message: String(refusal.message), ...(seconds > 0 && { retryAfterSeconds: seconds }) };
}
