import { ButtonLink } from "@/components/ui/button-link";
import { AuthPage } from "../../_components/auth-page";

export const metadata = { title: "Invitation" };

export default function UnknownInvitation() {
  return (
    <AuthPage
      title="There is no such invitation."
      intro="The link may have lost a part on its way. Open it from the mail itself, or ask for another one."
      look="clay"
    >
      <ButtonLink href="/dashboard" variant="line">
        To your dashboard
      </ButtonLink>
    </AuthPage>
  );
}
