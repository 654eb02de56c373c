import { refused } from "../http/errors";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import type { Orders } from "./create";
import { repricedLines } from "./priced-lines";

type Session = Kinds["checkout.session"];

const unknownCode = () =>
  refused("This promotion code is invalid.", { code: "promotion_code_invalid", param: "promotion_code" });

/** Takes a customer's code, or takes it away again, and counts anew. It is redeemed when the session is completed. */
export async function applyCode(space: Space, session: Session, code: string | null): Promise<void> {
  if (session.status !== "open") throw refused(`This Checkout Session is ${session.status}.`);
  if (!session.allow_promotion_codes) throw refused("This Checkout Session takes no promotion codes.");
  const [promotion] = code === null ? [] : await space.select("promotion_code", { where: [{ at: "code", is: code }] });
  if (code !== null && !promotion?.active) throw unknownCode();

  const inner = space.inner(session);
  const orders = (inner.orders ?? {}) as Orders; // only `createSession` and this fill it
  const discounts = promotion ? [{ promotion_code: promotion.id }] : [];
  const asked = { ...orders, mode: session.mode, discounts, customer: session.customer ?? undefined };
  const { lines, totals } = await repricedLines(space, asked, inner.lines ?? []);
  inner.orders = { ...orders, discounts };
  inner.lines = lines;
  const coupon = promotion ? String(promotion.promotion.coupon) : null;
  session.discounts = promotion ? [{ coupon, promotion_code: promotion.id }] : [];
  session.amount_total = totals.total;
  if (session.total_details)
    Object.assign(session.total_details, { amount_discount: totals.discount, amount_tax: totals.tax });
}
