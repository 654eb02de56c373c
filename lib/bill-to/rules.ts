/** Under this name the number stands on every invoice. Printed as it was written, in whatever country. */
export const TAX_ID = "Tax ID";
