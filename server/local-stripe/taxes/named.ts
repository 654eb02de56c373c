import { noSuch, refused } from "../http/errors";
import { clearable, type Field, list, oneOf, parts, text } from "../http/params";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";

export type TaxRate = Kinds["tax_rate"];

const MOST_RATES = 5;

export const rateList = () => clearable(list(text(), MOST_RATES));

/** The rates a request names. An archived one is for what carries it already. */
export async function ratesNamed(space: Space, ids: string[] | null | undefined, param: string): Promise<TaxRate[]> {
  const rates: TaxRate[] = [];
  for (const [index, id] of (ids ?? []).entries()) {
    const rate = await space.find("tax_rate", id);
    if (!rate) throw noSuch("tax rate", id, `${param}[${index}]`);
    if (!rate.active)
      throw refused(`The tax rate ${id} is archived and cannot be used.`, { param: `${param}[${index}]` });
    rates.push(structuredClone(rate));
  }
  return rates;
}

/** There are no tax tables in this server, so it will not pretend to know what is owed where. */
export const automaticTax = (): Field<unknown> => {
  const facts = parts({ enabled: oneOf("true", "false"), liability: parts({ account: text(), type: text() }) });
  return {
    read(raw, path) {
      const asked = facts.read(raw, path);
      if (asked.enabled === "true")
        throw refused("The local Stripe does not implement automatic_tax. Use tax rates.", {
          status: 501,
          param: path,
        });
      return asked;
    },
  };
};
