import { pageCtx } from "@/lib/http/page";
import { getUser } from "@/lib/logins/queries";
import { listPreferences } from "@/lib/notifications/queries";
import { MailKinds } from "./_components/mail-kinds";

export const metadata = { title: "Mail" };

export default async function MailPreferencesPage() {
  const ctx = await pageCtx();
  const [{ kinds }, { email }] = await Promise.all([listPreferences(ctx), getUser(ctx)]);

  return (
    <div className="max-w-[760px]">
      <p className="max-w-measure text-ink-soft">
        What comes to <b className="font-semibold text-ink [overflow-wrap:anywhere]">{email}</b>, for every account you
        belong to. Mail that keeps you from losing an account or money always comes.
      </p>
      <MailKinds kinds={kinds} />
    </div>
  );
}
