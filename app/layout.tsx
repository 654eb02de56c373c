import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { Nonce } from "@/components/ui/nonce";
import { OfflineNotice } from "@/components/ui/offline-notice";
import { OfflineWorker } from "@/components/ui/offline-worker";
import { parseTheme, THEME_COOKIE } from "@/components/ui/theme";
import { Toaster } from "@/components/ui/toaster";
import { env } from "@/lib/env";
import { INTERNAL } from "@/lib/http/headers";
import { fontClasses } from "./fonts";
import "./globals.css";

const description =
  "Paid calls, metered work and prepaid credits, with a ledger that can show how it got to every number.";

export function generateMetadata(): Metadata {
  return {
    metadataBase: new URL(env().publicUrl),
    title: { default: "Parley: paid conversations, and books that prove themselves", template: "%s · Parley" },
    description,
    applicationName: "Parley",
    manifest: "/manifest.webmanifest",
    formatDetection: { telephone: false },
    openGraph: { type: "website", siteName: "Parley", description },
    twitter: { card: "summary_large_image" },
  };
}

const PAPER_LIGHT = "#f4f6f0";
const PAPER_DARK = "#0d1311";

export async function generateViewport(): Promise<Viewport> {
  const theme = await chosenTheme();
  if (theme === "light") return { viewportFit: "cover", themeColor: PAPER_LIGHT };
  if (theme === "dark") return { viewportFit: "cover", themeColor: PAPER_DARK };
  return {
    viewportFit: "cover",
    themeColor: [
      { media: "(prefers-color-scheme: light)", color: PAPER_LIGHT },
      { media: "(prefers-color-scheme: dark)", color: PAPER_DARK },
    ],
  };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Reading the headers here keeps every page dynamic, so that its scripts carry the request's nonce.
  const [sent, theme] = await Promise.all([headers(), chosenTheme()]);

  return (
    <html
      lang="en"
      className={fontClasses}
      data-theme={theme === "system" ? undefined : theme}
      data-request-id={sent.get(INTERNAL.requestId) ?? undefined}
    >
      <body className="font-sans">
        <Nonce value={sent.get(INTERNAL.nonce) ?? undefined} />
        {children}
        <Toaster />
        <OfflineNotice />
        <OfflineWorker />
      </body>
    </html>
  );
}

const chosenTheme = async () => parseTheme((await cookies()).get(THEME_COOKIE)?.value);
