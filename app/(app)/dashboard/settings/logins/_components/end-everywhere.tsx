"use client";

import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { toast } from "@/components/ui/toast";
import { leave } from "../../../../../(auth)/_components/leave";
import { revokeLoginsAction } from "../actions";

export function EndEverywhere({ others }: { others: number }) {
  const endOthers = async () => {
    const answer = await revokeLoginsAction({});
    if (!answer.ok) return answer.error;
    toast.settled("Signed out everywhere else");
  };

  const endAll = async () => {
    const answer = await revokeLoginsAction({ including: "this" });
    if (!answer.ok) return answer.error;
    await leave();
  };

  return (
    <div className="flex flex-wrap gap-2">
      {others > 0 && (
        <Confirm
          trigger={<Button variant="line">Sign out the others</Button>}
          title="Sign out everywhere else?"
          action="Sign out the others"
          pending="Signing out"
          variant="ink"
          onConfirm={endOthers}
        >
          {others} {others === 1 ? "login ends" : "logins end"} within seconds, with open calls and API tokens. You stay
          signed in here.
        </Confirm>
      )}
      <Confirm
        trigger={<Button variant="line">Sign out everywhere</Button>}
        title="Sign out everywhere?"
        action="Sign out everywhere"
        pending="Signing out"
        onConfirm={endAll}
      >
        Every browser and every API token is signed out within seconds, this browser too. API keys go on working.
      </Confirm>
    </div>
  );
}
