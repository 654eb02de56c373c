"use client";

import { useState } from "react";

declare global {
  var __webpack_nonce__: string | undefined;
}

/** Lends the page's nonce to the one library style that dialogs insert while they lock scrolling. */
export function Nonce({ value }: { value: string | undefined }) {
  // The document keeps the nonce it was loaded with; a later render of the layout brings one that is not its own.
  useState(() => {
    if (typeof document !== "undefined" && value) globalThis.__webpack_nonce__ ??= value;
  });
  return null;
}
