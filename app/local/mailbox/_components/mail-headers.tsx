/** What a mail program reads and a person seldom sees. */
export const MailHeaders = ({ headers }: { headers: Record<string, string> }) => (
  <dl className="mt-6 border-t border-ink">
    {Object.entries(headers).map(([name, value]) => (
      <div key={name} className="grid gap-x-6 border-b border-rule py-2.5 sm:grid-cols-[220px_minmax(0,1fr)]">
        <dt className="text-13 text-ink-faint">{name}</dt>
        <dd className="font-mono text-13 [overflow-wrap:anywhere]">{value}</dd>
      </div>
    ))}
  </dl>
);
