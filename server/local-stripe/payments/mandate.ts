import { noSuch } from "../http/errors";
import { clearable, integer, must, oneOf, parts, type Read, text, yesNo } from "../http/params";
import { newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";

type Mandate = Kinds["mandate"];
type Method = Kinds["payment_method"];

const acceptance = {
  accepted_at: integer(),
  offline: parts({}),
  online: parts({ infer_from_client: yesNo(), ip_address: text(), user_agent: text() }),
  type: must(oneOf("offline", "online")),
};
const facts = { customer_acceptance: must(parts(acceptance)) };
export const mandateData = () => clearable(parts(facts));
export type MandateInput = Read<typeof facts>;

type Wanted = { method: Method; data: MandateInput; once?: { amount: number; currency: string } };

/** The customer's word that a bank account may be debited: once, or from now on. A card needs none. */
export function addMandate(space: Space, { method, data, once }: Wanted): Mandate | undefined {
  if (method.type !== "us_bank_account") return undefined;
  const { type, accepted_at, online } = data.customer_acceptance;
  return space.add<"mandate">({
    id: newStripeId("mandate"),
    object: "mandate",
    customer_acceptance: {
      accepted_at: accepted_at ?? space.now,
      type,
      ...(type === "online" && {
        online: { ip_address: online?.ip_address ?? "127.0.0.1", user_agent: online?.user_agent ?? null },
      }),
    },
    livemode: false,
    payment_method: method.id,
    payment_method_details: { type: "us_bank_account", us_bank_account: {} },
    status: "active",
    ...(once ? { single_use: once, type: "single_use" } : { multi_use: {}, type: "multi_use" }),
  });
}

export async function mandateNamed(space: Space, id: string): Promise<Mandate> {
  const mandate = await space.find("mandate", id);
  if (mandate?.status === "active") return mandate;
  throw noSuch("mandate", id, "mandate");
}
