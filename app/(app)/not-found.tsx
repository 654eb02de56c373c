import { ButtonLink } from "@/components/ui/button-link";
import { PageHead } from "./_components/page-head";

export default function NotFound() {
  return (
    <>
      <PageHead title="There is no such page.">
        The address may be mistyped, or what it named is gone. It may also belong to another account.
      </PageHead>
      <div className="mt-6 flex flex-wrap gap-2">
        <ButtonLink href="/dashboard" variant="line">
          To the overview
        </ButtonLink>
      </div>
    </>
  );
}
