import { z } from "zod";
import { aboutApi } from "@/lib/http/openapi";
import { route } from "@/lib/http/route";

const AboutApi = z.object({
  name: z.literal("Parley"),
  description: z.string(),
  version: z.string(),
  docs: z.url(),
  openapi: z.url(),
  register: z.url(),
});

export const GET = route({
  summary: "What this is, its version, and where to read on",
  description: "The root of the site answers the same to whatever does not ask for a page.",
  auth: "public",
  output: AboutApi,
  handle: async () => aboutApi(),
});
