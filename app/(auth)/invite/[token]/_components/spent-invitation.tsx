import { ButtonLink } from "@/components/ui/button-link";
import { AuthPage } from "../../../_components/auth-page";

const WHY = {
  accepted: "It was accepted already. If that was you, the account is in your list.",
  revoked: "It was taken back, or replaced by a later one. Look for a newer mail.",
  expired: "It worked for seven days, and they are over.",
};

export const SpentInvitation = ({ state, accountName }: { state: keyof typeof WHY; accountName: string }) => (
  <AuthPage
    title="This invitation does not work any more."
    intro={`${WHY[state]} Ask somebody in ${accountName} for another one.`}
    look="clay"
  >
    <ButtonLink href="/dashboard" variant="line">
      To your dashboard
    </ButtonLink>
  </AuthPage>
);
