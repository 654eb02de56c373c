"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { toast } from "@/components/ui/toast";
import { switchAccountAction } from "../actions";
import { useShell } from "./shell";

/** Goes to another account and to its overview: the page that was open may not exist there. */
export function useSwitchAccount() {
  const { who } = useShell();
  const router = useRouter();
  const [pending, start] = useTransition();

  const switchTo = (accountId: string) => {
    const target = who.accounts.find(({ id }) => id === accountId);
    if (!target || target.id === who.account.id) return;
    start(async () => {
      const answer = await switchAccountAction({ accountId: target.id });
      if (!answer.ok) return toast.loss("The account was not switched", { body: answer.error.message });
      router.push("/dashboard");
      toast.settled(`You act for ${target.name} now.`);
    });
  };
  return { switchTo, pending };
}
