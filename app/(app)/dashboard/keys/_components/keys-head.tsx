import type { ReactNode } from "react";
import { PageHead } from "@/app/(app)/_components/page-head";

export const KeysHead = ({ actions }: { actions?: ReactNode }) => (
  <PageHead title="API keys" actions={actions}>
    A key lets a program act for this account. It is shown whole once, when it is made, and never again.
  </PageHead>
);
