import { address, addressOf } from "../customers/address";
import { parts, type Read, text } from "../http/params";
import type { Kinds } from "../store/kinds";

const facts = {
  mcc: text(4),
  name: text(),
  product_description: text(),
  support_address: address(),
  support_email: text(),
  support_phone: text(),
  support_url: text(),
  url: text(),
};
export const profile = () => parts(facts);

export function profileOf(
  { business_profile: kept }: Kinds["account"],
  { support_address: at, ...words }: Read<typeof facts>,
): NonNullable<Kinds["account"]["business_profile"]> {
  const nothing = { mcc: null, name: null, support_address: null, support_email: null, support_phone: null };
  const known = Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined));
  return {
    ...{ ...nothing, support_url: null, url: null, minority_owned_business_designation: null },
    ...{ specified_commercial_transactions_act_url: null },
    ...kept,
    ...known,
    ...(at && { support_address: addressOf(at) }),
  };
}
