import type { ReactNode } from "react";
import { PageHead } from "@/app/(app)/_components/page-head";

export const WebhooksHead = ({ actions }: { actions?: ReactNode }) => (
  <PageHead title="Webhooks" actions={actions}>
    Addresses of yours that are told what happens in this account, each request signed.{" "}
    <a href="/docs#webhooks">How to verify one</a>
  </PageHead>
);
