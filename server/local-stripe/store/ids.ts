const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ID_LENGTH = 24;

/** `newStripeId("cus")` -> `cus_` and 24 letters and digits. */
export const newStripeId = (prefix: string): string => `${prefix}_${randomText(ID_LENGTH)}`;

export function randomText(length: number): string {
  let text = "";
  for (const byte of crypto.getRandomValues(new Uint8Array(length))) text += ALPHABET.charAt(byte % ALPHABET.length);
  return text;
}

export const clientSecretOf = (id: string): string => `${id}_secret_${randomText(ID_LENGTH)}`;
