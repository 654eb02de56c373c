import type { ReactNode } from "react";
import { PageHead } from "@/app/(app)/_components/page-head";

export const WalletHead = ({ actions }: { actions?: ReactNode }) => (
  <PageHead title="Wallet" actions={actions}>
    Dollars for conversations, gifts and whatever is metered. Nothing is taken beyond what lies here.
  </PageHead>
);
