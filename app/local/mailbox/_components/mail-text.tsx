const LINK = /(https?:\/\/\S+)/;

/** The plain text, with its addresses to press. */
export const MailText = ({ text }: { text: string }) => (
  <p className="mt-6 max-w-measure whitespace-pre-wrap text-16 [overflow-wrap:anywhere]">
    {text.split(LINK).map((part) =>
      LINK.test(part) ? (
        <a key={part} href={part}>
          {part}
        </a>
      ) : (
        part
      ),
    )}
  </p>
);
