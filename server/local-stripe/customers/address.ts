import type Stripe from "stripe";
import { clearable, must, parts, type Read, text } from "../http/params";

const lines = {
  city: clearable(text()),
  country: clearable(text()),
  line1: clearable(text()),
  line2: clearable(text()),
  postal_code: clearable(text()),
  state: clearable(text()),
};

export const address = () => parts(lines);
type AddressInput = Read<typeof lines>;

export const addressOf = (input: AddressInput): Stripe.Address => ({
  city: input.city ?? null,
  country: input.country ?? null,
  line1: input.line1 ?? null,
  line2: input.line2 ?? null,
  postal_code: input.postal_code ?? null,
  state: input.state ?? null,
});

const parcel = {
  address: must(address()),
  name: must(text()),
  phone: clearable(text()),
  carrier: text(),
  tracking_number: text(),
};
export const shipping = () => parts(parcel);

export const shippingOf = (input: Read<typeof parcel>) => ({
  address: addressOf(input.address),
  name: input.name,
  phone: input.phone ?? null,
  ...(input.carrier !== undefined && { carrier: input.carrier }),
  ...(input.tracking_number !== undefined && { tracking_number: input.tracking_number }),
});
