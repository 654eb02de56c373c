import { Tag } from "@/components/ui/tag";
import { pageCtx } from "@/lib/http/page";
import { getUser } from "@/lib/logins/queries";
import { formatDay } from "@/lib/time";
import { EmailForm } from "./_components/email-form";
import { NameForm } from "./_components/name-form";
import { SendVerification } from "./_components/send-verification";
import { Setting } from "./_components/setting";

export const metadata = { title: "Profile" };

export default async function ProfilePage() {
  const { name, email, emailVerified, createdAt } = await getUser(await pageCtx());

  return (
    <div className="-mt-6 max-w-[760px]">
      <Setting title="Name" words="As members of your accounts and the people you talk to see it.">
        <NameForm name={name} />
      </Setting>
      <Setting
        title="E-mail address"
        words={
          <span className="flex flex-wrap items-baseline gap-x-3">
            <b className="min-w-0 font-semibold text-ink [overflow-wrap:anywhere]">{email}</b>
            {emailVerified ? <Tag tone="settled">Confirmed</Tag> : <Tag tone="held">Not confirmed yet</Tag>}
          </span>
        }
      >
        {!emailVerified && <SendVerification email={email} />}
        <EmailForm />
      </Setting>
      <p className="pt-5 text-13 text-ink-faint">
        With Parley since <time dateTime={createdAt.toISOString()}>{formatDay(createdAt)}</time>.
      </p>
    </div>
  );
}
