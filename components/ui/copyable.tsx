import { CopyButton } from "./copy-button";
import { cx } from "./cx";

type CopyableProps = {
  text: string;
  /** What it is: "the key", "the address". */
  what: string;
  /** Shown before the text and not copied, such as "$". */
  prompt?: string;
  className?: string;
};

/** One line of code that can be taken away. Long keys wrap instead of hiding their end. */
export function Copyable({ text, what, prompt, className }: CopyableProps) {
  return (
    <span className={cx("flex items-center justify-between gap-2", className)}>
      <code className="min-w-0 font-mono font-medium tracking-[-0.01em] [overflow-wrap:anywhere]">
        {prompt && (
          <span aria-hidden="true" className="text-ink-faint select-none">
            {prompt}{" "}
          </span>
        )}
        {text}
      </code>
      <CopyButton text={text} label={`Copy ${what}`} />
    </span>
  );
}
