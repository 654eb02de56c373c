import { ButtonLink } from "@/components/ui/button-link";
import { CodeBlock } from "@/components/ui/code-block";
import { Guide } from "./guide";
import { Beside, Code, Paragraph } from "./words";

export function CallGuide({ lines }: { lines: string }) {
  return (
    <Guide anchor="call">
      <Beside code={<CodeBlock label="the quick start" samples={[{ language: "JavaScript", code: lines }]} />}>
        <Paragraph>
          With <Code>/sdk/multimedia-sdk.js</Code> in a page, these lines are a call: each person’s browser runs them
          with a token of their own, which your server makes with <Code>POST /api/rooms/:id/tokens</Code>.
        </Paragraph>
        <Paragraph>
          Nothing has to be set up to see it. The next page runs both ends beside each other, shows every message, and
          breaks the call in three ways to show how it comes back.
        </Paragraph>
        <div>
          <ButtonLink href="/docs/try" variant="voice">
            Try a call
          </ButtonLink>
        </div>
      </Beside>
    </Guide>
  );
}
