import { refused } from "../http/errors";
import type { Field } from "../http/params";

/** Bills are made by time alone here. Taking a threshold away that nobody could set is fine. */
export const noThresholds = (): Field<null> => ({
  read(raw, path) {
    if (raw === "") return null;
    throw refused("The local Stripe does not implement billing_thresholds.", { status: 501, param: path });
  },
});
