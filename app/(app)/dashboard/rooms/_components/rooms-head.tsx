import type { ReactNode } from "react";
import { PageHead } from "@/app/(app)/_components/page-head";

export const RoomsHead = ({ actions }: { actions?: ReactNode }) => (
  <PageHead title="Rooms" actions={actions}>
    Places where people meet by video or voice, here and in your own pages.{" "}
    <a href="/docs#calls-rooms">How to build with them</a>
  </PageHead>
);
