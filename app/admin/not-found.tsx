import { ButtonLink } from "@/components/ui/button-link";
import { AdminHead } from "./_components/admin-head";

export default function NotFound() {
  return (
    <>
      <AdminHead title="There is no such page.">The address may be mistyped, or what it named is gone.</AdminHead>
      <div className="mt-5">
        <ButtonLink href="/admin/books" variant="line">
          To the books
        </ButtonLink>
      </div>
    </>
  );
}
