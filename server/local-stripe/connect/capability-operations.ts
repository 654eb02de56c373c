import { notThere } from "../http/errors";
import { listOf } from "../http/list";
import { operation } from "../http/operation";
import { yesNo } from "../http/params";
import type { Kinds } from "../store/kinds";
import { tell } from "./account-operations";
import { capabilityOf, request } from "./capability";

type Account = Kinds["account"];

const KNOWN = ["card_payments", "legacy_payments", "link_payments", "transfers", "us_bank_account_ach_payments"];

export const capabilityOperations = [
  operation({
    on: "GET /v1/accounts/{id}/capabilities",
    async run({ space, id }) {
      const account = await space.get("account", id);
      const names = Object.keys(account.capabilities ?? {});
      return listOf(
        `/v1/accounts/${id}/capabilities`,
        names.map((name) => capabilityOf(account, name)),
      );
    },
  }),
  operation({
    on: "GET /v1/accounts/{account}/capabilities/{id}",
    async run({ space, id, path }) {
      const account = await space.get("account", path.account ?? "");
      if (!(id in (account.capabilities ?? {}))) throw notThere("capability", id);
      return capabilityOf(account, id);
    },
  }),
  operation({
    on: "POST /v1/accounts/{account}/capabilities/{id}",
    params: { requested: yesNo() },
    async run({ space, params, id, path }) {
      const account = await space.get("account", path.account ?? "");
      if (!KNOWN.includes(id)) throw notThere("capability", id);
      if (params.requested === true) request(account, [id]);
      if (params.requested === false) letGo(account, id);
      tell(space, account);
      return capabilityOf(account, id);
    },
  }),
];

function letGo(account: Account, name: string): void {
  account.capabilities = Object.fromEntries(Object.entries(account.capabilities ?? {}).filter(([key]) => key !== name));
}
