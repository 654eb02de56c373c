type Payer = {
  customer_name: string | null;
  customer_email: string | null;
  customer_address: {
    line1: string | null;
    line2: string | null;
    postal_code: string | null;
    city: string | null;
    state: string | null;
    country: string | null;
  } | null;
};

/** Whom an invoice is made out to, as it stands on paper. What is not known takes no line. */
export function billedTo({ customer_name, customer_email, customer_address: at }: Payer): string[] {
  const town = [at?.postal_code, at?.city].filter(isSaid).join(" ");
  return [customer_name, at?.line1, at?.line2, town, at?.state, at?.country, customer_email].filter(isSaid);
}

const isSaid = (text: string | null | undefined): text is string => !!text;
