"use client";

import { OurFault } from "@/components/brand/our-fault";

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return <OurFault error={error} retry={retry} />;
}
