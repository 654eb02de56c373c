import { getLogo } from "@/lib/branding/queries";
import { FindLogo, PngFile } from "@/lib/branding/schema";
import { route } from "@/lib/http/route";

export const GET = route({
  auth: "public",
  summary: "A logo",
  description: "By the hash of its bytes: an address always means the same picture.",
  params: FindLogo,
  output: PngFile,
  produces: "image/png",
  handle: ({ ctx, params }) => getLogo(ctx, params),
});
