/** A mistake of the page's author. It is thrown; what goes wrong with a payment never is. */
export class IntegrationError extends Error {
  override readonly name = "IntegrationError";
}
