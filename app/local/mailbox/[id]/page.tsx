import { notFound } from "next/navigation";
import { TabLinks } from "@/components/ui/tabs";
import { env } from "@/lib/env";
import { openCtx } from "@/lib/http/page";
import { isId } from "@/lib/ids";
import { findMail } from "@/lib/notifications/queries";
import { formatInstant } from "@/lib/time";
import { LocalPage } from "../../_components/local-page";
import { MailHeaders } from "../_components/mail-headers";
import { MailText } from "../_components/mail-text";

export const metadata = { title: "Mail" };

const VIEWS = [
  { value: "text", label: "As text" },
  { value: "html", label: "As it looks" },
  { value: "headers", label: "Headers" },
] as const;

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ as?: string | string[] }> };

export default async function MailPage({ params, searchParams }: Props) {
  const [{ id }, { as }] = await Promise.all([params, searchParams]);
  if (env().isProduction || !isId("mail", id)) notFound();
  const mail = await findMail(await openCtx(), { id });
  if (!mail) notFound();
  const shown = VIEWS.find(({ value }) => value === as)?.value ?? "text";

  return (
    <LocalPage title={mail.subject} intro={`To ${mail.recipient}, ${formatInstant(mail.sentAt)}`}>
      <TabLinks
        label="How to show it"
        current={shown}
        tabs={VIEWS.map(({ value, label }) => ({
          value,
          label,
          href: value === "text" ? `/local/mailbox/${id}` : `/local/mailbox/${id}?as=${value}`,
        }))}
      />
      {shown === "text" && <MailText text={mail.text} />}
      {shown === "headers" && <MailHeaders headers={mail.headers} />}
      {shown === "html" && (
        <iframe
          title={mail.subject}
          srcDoc={asPreview(mail.html)}
          sandbox="allow-top-navigation-by-user-activation"
          className="mt-6 h-[46rem] w-full rounded-control border border-rule"
        />
      )}
    </LocalPage>
  );
}

/** On light paper: the page's policy lets no style sheet of a mail in, and its links lead out of the frame. */
const asPreview = (html: string) =>
  html.replace(/<style>[\s\S]*?<\/style>/, "").replace("<head>", '<head><base target="_top">');
