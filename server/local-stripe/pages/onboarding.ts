import { tell } from "../connect/account-operations";
import { completeAccount } from "../connect/build-account";
import { inSpace } from "../store/in-space";
import { html } from "./html";
import { notThere, page } from "./layout";
import type { Page } from "./page";

/** Where a connected account's owner says who they are. The link works once, for a few minutes. */
export const onboardingPage: Page = {
  path: /^\/_local\/onboarding\/(acct_\w+)\/(acct_\w+)\/(\w+)$/,
  async show(house, { path: [platform = "", id = "", token = ""], form, posted }) {
    return inSpace(house, platform, async (space) => {
      const account = await space.find("account", id);
      const inner = account && space.inner(account);
      if (!account || !inner?.returnUrl) return notThere();
      if (inner.onboardingToken !== token || (inner.linkExpires ?? 0) <= space.now)
        return { goTo: inner.refreshUrl ?? inner.returnUrl };
      if (!posted) return { page: question(account.email) };
      delete inner.onboardingToken;
      if (form.get("done") === "yes") {
        completeAccount(account, form.get("bank") ?? "000123456789");
        tell(space, account);
      }
      return { goTo: inner.returnUrl };
    });
  },
};

const question = (email: string | null): string =>
  page(
    "Get paid",
    html`<h1>Where your money goes</h1><p class="soft">${email ? html`For ${email}. ` : null}The real one asks for papers. This one fills them in for you.</p>
<h2>You</h2><table><tr><td>Name</td><td>Robin Vale</td></tr><tr><td>Born</td><td>1 January 1990</td></tr><tr><td>Address</td><td>1 Market Street, San Francisco</td></tr></table>
<form method="post"><fieldset><legend>Bank account for payouts</legend><div class="ways">
<label class="way"><input type="radio" name="bank" value="000123456789" checked><span>000123456789<br><span class="faint">Takes every payout</span></span></label>
<label class="way"><input type="radio" name="bank" value="000111111116"><span>000111111116<br><span class="faint">Sends them back</span></span></label></div></fieldset>
<button name="done" value="yes">Agree and finish</button><button class="quiet" name="done" value="no">Later</button></form>`,
  );
