import { CodeBlock } from "@/components/ui/code-block";
import type { CodeSample } from "@/lib/http/describe/shape";
import { Guide } from "./guide";
import { Sample } from "./sample";
import { Beside, Code, Paragraph } from "./words";

type StartProps = { register: CodeSample[]; whichKey: CodeSample[] };

export function StartGuide({ register, whichKey }: StartProps) {
  return (
    <Guide anchor="start">
      <Beside code={<Sample label="the first call" samples={register} />}>
        <Paragraph>
          One call opens an account. The answer holds a <Code>token</Code>, which is you for seven days, and{" "}
          <Code>apiKey.key</Code>, which is for your programs. The key is shown this once.
        </Paragraph>
        <Paragraph>
          Put your own name, e-mail address and password in. A field that a call does not know is refused by name; an
          answer may gain fields over time.
        </Paragraph>
      </Beside>
      <Beside
        code={
          <>
            <CodeBlock
              label="the two variables"
              samples={[
                {
                  language: "Shell",
                  code: 'export PARLEY_KEY="mk_your_api_key_here"\nexport PARLEY_TOKEN="your-token"',
                },
              ]}
            />
            <Sample label="the call with the key" samples={whichKey} />
          </>
        }
      >
        <Paragraph>
          Keep both in the environment. Every example on this page reads them from there and from nowhere else.
        </Paragraph>
        <Paragraph>Then call with the key. The answer says which key it is and what it may do.</Paragraph>
      </Beside>
    </Guide>
  );
}
