import { addMonths } from "@/lib/time";
import { shareOf } from "../catalogue/decimal";
import { noSuch, refused } from "../http/errors";
import { list, parts, type Read, text } from "../http/params";
import { newStripeId } from "../store/ids";
import type { InvoiceLine, Kinds } from "../store/kinds";
import type { Space } from "../store/space";

type Discount = Kinds["discount"];

const one = { coupon: text(), promotion_code: text(), discount: text() };
export const discountList = () => list(parts(one), 20);
export type DiscountInput = Read<typeof one>;

type Owner = { customer: string; subscription?: string; invoice?: string; checkout?: string };

/** Redeems coupons and codes for a customer. */
export async function redeem(space: Space, inputs: DiscountInput[], owner: Owner): Promise<Discount[]> {
  const made: Discount[] = [];
  for (const [index, input] of inputs.entries()) {
    if (input.discount !== undefined) {
      const kept = await space.find("discount", input.discount);
      if (!kept) throw noSuch("discount", input.discount, `discounts[${index}][discount]`);
      made.push(kept);
      continue;
    }
    made.push(await redeemOne(space, input, owner, `discounts[${index}]`));
  }
  return made;
}

async function redeemOne(space: Space, input: DiscountInput, owner: Owner, at: string): Promise<Discount> {
  const promotion =
    input.promotion_code === undefined ? undefined : await space.find("promotion_code", input.promotion_code);
  if (input.promotion_code !== undefined && !promotion)
    throw noSuch("promotion code", input.promotion_code, `${at}[promotion_code]`);
  if (promotion) await judgePromotion(space, promotion, owner, at);
  if (promotion && (!promotion.active || (promotion.expires_at !== null && promotion.expires_at <= space.now))) {
    throw refused("This promotion code is not active.", { param: `${at}[promotion_code]` });
  }
  const id = promotion ? String(promotion.promotion.coupon) : (input.coupon ?? "");
  const coupon = await space.find("coupon", id);
  if (!coupon) throw noSuch("coupon", id, `${at}[coupon]`);
  const expired = coupon.redeem_by !== null && coupon.redeem_by <= space.now;
  const usedUp = coupon.max_redemptions !== null && coupon.times_redeemed >= coupon.max_redemptions;
  if (expired || usedUp || !coupon.valid)
    throw refused(`Coupon expired: ${id}`, { code: "coupon_expired", param: `${at}[coupon]` });
  coupon.times_redeemed += 1;
  if (coupon.times_redeemed === coupon.max_redemptions) coupon.valid = false;
  if (promotion) promotion.times_redeemed += 1;
  const end =
    coupon.duration === "repeating"
      ? Math.floor(addMonths(new Date(space.now * 1_000), coupon.duration_in_months ?? 1).getTime() / 1_000)
      : null;
  return space.add<"discount">({
    ...{
      id: newStripeId("di"),
      object: "discount",
      checkout_session: owner.checkout ?? null,
      customer: owner.customer,
      customer_account: null,
      end,
    },
    ...{
      invoice: owner.invoice ?? null,
      invoice_item: null,
      promotion_code: promotion?.id ?? null,
      source: { coupon: id, type: "coupon" },
    },
    ...{ start: space.now, subscription: owner.subscription ?? null, subscription_item: null },
  });
}

async function judgePromotion(
  space: Space,
  promotion: Kinds["promotion_code"],
  owner: Owner,
  at: string,
): Promise<void> {
  const param = { param: `${at}[promotion_code]` };
  if (promotion.customer !== null && promotion.customer !== owner.customer)
    throw refused("This promotion code cannot be redeemed by this customer.", param);
  if (promotion.max_redemptions !== null && promotion.times_redeemed >= promotion.max_redemptions)
    throw refused("This promotion code has been redeemed as often as it may be.", param);
  if (!promotion.restrictions.first_time_transaction || owner.customer === "") return;
  const paid = [
    { at: "customer", is: owner.customer },
    { at: "amount_paid", within: { gt: 0 } },
  ];
  if ((await space.select("invoice", { where: paid, limit: 1 })).length > 0)
    throw refused("This promotion code is for a customer's first purchase only.", param);
}

type Reduction = { discount: string; amount: number };

/** What each discount takes off these lines, written into the lines as well. A fixed sum is spread over what there is. */
export async function reduce(
  space: Space,
  lines: InvoiceLine[],
  discounts: string[],
  at: number,
): Promise<Reduction[]> {
  const left = new Map(lines.map((line) => [line, line.amount]));
  const reductions: Reduction[] = [];
  for (const line of lines) line.discount_amounts = [];
  const ofLines = lines.flatMap((line) => line.discounts.map(String));
  for (const id of new Set([...ofLines, ...discounts])) {
    const discount = await space.own("discount", id);
    if (discount.end !== null && discount.end <= at) continue;
    const reach = discounts.includes(id) ? lines : lines.filter((line) => line.discounts.includes(id));
    const coupon = await space.own("coupon", String(discount.source.coupon));
    const { products } = space.inner(coupon);
    const open = reach.filter(
      (line) => line.discountable && (!products || products.includes(String(line.pricing?.price_details?.product))),
    );
    const sums =
      coupon.percent_off === null
        ? spread(coupon.amount_off ?? 0, open, left)
        : open.map((line) => percentOf(left.get(line) ?? 0, coupon.percent_off ?? 0));
    for (const [index, line] of open.entries()) {
      const amount = sums[index] ?? 0;
      line.discount_amounts?.push({ amount, discount: id });
      left.set(line, (left.get(line) ?? 0) - amount);
    }
    reductions.push({ discount: id, amount: sums.reduce((sum, amount) => sum + amount, 0) });
  }
  return reductions;
}

/** Percentages have at most two decimals. */
const percentOf = (amount: number, percent: number): number => shareOf(amount, Math.round(percent * 100), 10_000);

function spread(sum: number, lines: InvoiceLine[], left: Map<InvoiceLine, number>): number[] {
  let rest = sum;
  return lines.map((line) => {
    const amount = Math.min(Math.max(left.get(line) ?? 0, 0), rest);
    rest -= amount;
    return amount;
  });
}
