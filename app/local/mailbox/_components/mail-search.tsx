import Form from "next/form";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Input } from "@/components/ui/input";

/** The words stand in the address, so a search can be kept and works before any script has loaded. */
export const MailSearch = ({ sought }: { sought: string | undefined }) => (
  <Form action="/local/mailbox" role="search" className="flex flex-wrap gap-2">
    <Input
      key={sought}
      type="search"
      name="q"
      aria-label="Words in an address or a subject"
      placeholder="Address or subject"
      defaultValue={sought ?? ""}
      maxLength={200}
      className="min-w-0 flex-1 sm:max-w-[360px]"
    />
    <Button type="submit" variant="line">
      Find
    </Button>
    {sought && (
      <ButtonLink href="/local/mailbox" variant="quiet">
        Show all
      </ButtonLink>
    )}
  </Form>
);
