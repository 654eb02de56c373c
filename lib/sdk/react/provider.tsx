import { createContext, type ReactNode, useContext } from "react";
import type { MultimediaSDK } from "../multimedia-sdk";

const Sdk = createContext<MultimediaSDK | null>(null);

/** Hands one SDK to everything below. Whoever made it ends it. */
export function MultimediaProvider({ sdk, children }: { sdk: MultimediaSDK; children: ReactNode }) {
  return <Sdk.Provider value={sdk}>{children}</Sdk.Provider>;
}

export function useSdk(): MultimediaSDK {
  const sdk = useContext(Sdk);
  if (!sdk) throw new Error("Put a <MultimediaProvider sdk={...}> around this.");
  return sdk;
}
