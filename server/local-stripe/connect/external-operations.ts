import { notThere, refused } from "../http/errors";
import { PAGING, pageOf } from "../http/list";
import { mergeMetadata, metadata } from "../http/metadata";
import { operation } from "../http/operation";
import { clearable, must, oneOf, text, yesNo } from "../http/params";
import type { Kinds } from "../store/kinds";
import { tell } from "./account-operations";
import { addBank, bankOf, banksOf, type External, externalAccount, makeDefault } from "./bank-account";

type Account = Kinds["account"];

export const externalOperations = [
  operation({
    on: "GET /v1/accounts/{id}/external_accounts",
    params: { ...PAGING, object: oneOf("bank_account", "card") },
    async run({ space, params: { object, ...paging }, id }) {
      const all = banksOf(await space.get("account", id));
      const wanted = object === undefined ? all : all.filter((one) => one.object === object);
      return pageOf(`/v1/accounts/${id}/external_accounts`, wanted, paging);
    },
  }),
  operation({
    on: "POST /v1/accounts/{id}/external_accounts",
    params: { default_for_currency: yesNo(), external_account: must(externalAccount()), metadata: metadata() },
    async run({ space, params, id }) {
      const account = await space.get("account", id);
      const made = bankOf(id, params.external_account, params);
      addBank(account, made, params.default_for_currency);
      tell(space, account);
      return made;
    },
  }),
  operation({
    on: "GET /v1/accounts/{account}/external_accounts/{id}",
    async run({ space, id, path }) {
      return bankIn(await space.get("account", path.account ?? ""), id);
    },
  }),
  operation({
    on: "POST /v1/accounts/{account}/external_accounts/{id}",
    params: {
      account_holder_name: clearable(text()),
      account_holder_type: clearable(oneOf("company", "individual")),
      account_type: oneOf("checking", "futsu", "savings", "toza"),
      default_for_currency: yesNo(),
      metadata: metadata(),
    },
    async run({ space, params, id, path }) {
      const account = await space.get("account", path.account ?? "");
      const bank = bankIn(account, id);
      for (const key of ["account_holder_name", "account_holder_type", "account_type"] as const) {
        const value = params[key];
        if (value !== undefined) Object.assign(bank, { [key]: value });
      }
      if (params.default_for_currency) makeDefault(account, bank);
      bank.metadata = mergeMetadata(bank.metadata ?? null, params.metadata);
      tell(space, account);
      return bank;
    },
  }),
  operation({
    on: "DELETE /v1/accounts/{account}/external_accounts/{id}",
    async run({ space, id, path }) {
      const account = await space.get("account", path.account ?? "");
      const bank = bankIn(account, id);
      if (bank.default_for_currency)
        throw refused(
          "You cannot delete the default external account for your default currency. Please make another external account the default using the `default_for_currency` param before deleting this one.",
        );
      const data = banksOf(account);
      data.splice(data.indexOf(bank), 1);
      tell(space, account);
      return { id, object: "bank_account", currency: bank.currency, deleted: true };
    },
  }),
];

function bankIn(account: Account, id: string): External {
  const found = banksOf(account).find((one) => one.id === id);
  if (!found) throw notThere("external account", id);
  return found;
}
