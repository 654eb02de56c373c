import type { Answered } from "../wire";

/** The bank's question was answered in this frame; the page that opened it waits to hear so. */
const question = new URLSearchParams(location.search);
const word: Answered = {
  localStripe: "answered",
  intent: question.get("payment_intent") ?? question.get("setup_intent") ?? "",
};
parent.postMessage(word, "*");
