import { notFound } from "next/navigation";

export const metadata = { title: "Not found" };

/** Takes every other address below the dashboard, so that what is not there is said inside the shell. */
export default function MissingPage() {
  notFound();
}
