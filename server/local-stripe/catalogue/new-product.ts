import { newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";

export const newProduct = (now: number, name: string): Kinds["product"] => ({
  id: newStripeId("prod"),
  object: "product",
  active: true,
  created: now,
  default_price: null,
  description: null,
  images: [],
  livemode: false,
  marketing_features: [],
  metadata: {},
  name,
  package_dimensions: null,
  shippable: null,
  statement_descriptor: null,
  tax_code: null,
  tax_details: null,
  type: "service",
  unit_label: null,
  updated: now,
  url: null,
});
