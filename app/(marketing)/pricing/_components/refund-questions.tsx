import Link from "next/link";
import type { ReactNode } from "react";
import { Section } from "../../_components/section";

const QUESTIONS: { question: string; answer: ReactNode }[] = [
  {
    question: "What do I get back when I cancel a plan?",
    answer:
      "The plan goes on to the end of what is paid and is not billed again. The rest of that time is not paid back. Until it ends you can undo it with one press.",
  },
  {
    question: "What happens to what I paid when I take a larger plan?",
    answer:
      "What is left of the old plan is credited to the second, and the new one is charged for the same time. You see both lines and what is taken today before you press. If that payment fails, the plan stays as it is.",
  },
  {
    question: "And when I take a smaller one?",
    answer:
      "It begins when the present period ends, so you use what you paid for, and nothing has to be paid back. Until then you can take it back.",
  },
  {
    question: "Are credits and wallet money paid back?",
    answer:
      "What is unspent of a purchase is, at the price you paid for it. Ask on the support page. The package’s bonus goes first. It returns to the card it came from.",
  },
  {
    question: "What if something we paid for did not work?",
    answer:
      "A video that fails or takes too long gives its credits back by itself. In a session a second that one side did not receive is not billed, so there is nothing to ask for.",
  },
  {
    question: "Is a declined payment charged?",
    answer:
      "No. Some banks show it for a few days as pending and then let it go. Each payment that did go through has a receipt with its computation.",
  },
];

export const RefundQuestions = () => (
  <Section id="refunds" title="Refunds, asked and answered.">
    <div className="mt-8 border-t border-ink">
      {QUESTIONS.map(({ question, answer }) => (
        <details key={question} className="group border-b border-rule">
          <summary className="flex min-h-12 cursor-pointer items-center justify-between gap-4 py-3 font-[550]">
            {question}
            <span aria-hidden="true" className="text-20 text-ink-faint group-open:rotate-45">
              +
            </span>
          </summary>
          <p className="max-w-measure pb-5 text-ink-soft">{answer}</p>
        </details>
      ))}
    </div>
    <p className="mt-4 text-13 text-ink-faint">
      Something else? <Link href="/support">Ask us</Link>.
    </p>
  </Section>
);
