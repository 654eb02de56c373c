import { stripeRead } from "@/lib/stripe/client";
import type { Run } from "./internal";
import { differing, type WantedProduct } from "./rules";

export async function syncProducts(run: Run, wanted: WantedProduct[]): Promise<void> {
  const ids = wanted.map(({ id }) => id);
  const { data } = await stripeRead((stripe) => stripe.products.list({ ids, limit: 100 }));
  for (const { id, ...facts } of wanted) {
    const found = data.find((product) => product.id === id);
    if (!found) {
      run.note(`product ${id}`, "missing");
      await run.write((stripe, options) => stripe.products.create({ id, ...facts }, options));
      continue;
    }
    const fields = differing({ ...facts, active: true }, found);
    if (fields.length === 0) continue;
    run.note(`product ${id}`, `another ${fields.join(", ")}`);
    await run.write((stripe, options) => stripe.products.update(id, { ...facts, active: true }, options));
  }
}
