import { invalid } from "@/lib/errors";
import { bySystem, EgressRefused, pin, type Resolve } from "./resolve";

/** Refuses an address that we would not send to, as the input it is. It is judged again at every request. */
export async function requireReachable(field: string, text: string, resolve: Resolve = bySystem): Promise<void> {
  try {
    await pin(text, resolve);
  } catch (error) {
    if (error instanceof EgressRefused) throw invalid({ [field]: error.message });
    throw error;
  }
}
