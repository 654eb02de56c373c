"use client";

import { OurFault } from "@/components/brand/our-fault";
import { fontClasses } from "./fonts";
import "./globals.css";

export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en" className={fontClasses}>
      <body className="font-sans">
        <title>Something went wrong · Parley</title>
        <OurFault error={error} retry={retry} />
      </body>
    </html>
  );
}
