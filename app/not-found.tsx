import { LostLine } from "@/components/brand/lost-line";
import { ButtonLink } from "@/components/ui/button-link";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <LostLine
      title="There is no such page."
      actions={
        <>
          <ButtonLink href="/">To the first page</ButtonLink>
          <ButtonLink href="/dashboard" variant="line">
            To your dashboard
          </ButtonLink>
        </>
      }
    >
      <p>The address may be mistyped, or what it named is gone. It may also belong to another account.</p>
    </LostLine>
  );
}
