import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { loginOptions } from "./options";

type Segment = { params: Promise<{ nextauth: string[] }> };

const handler = (request: NextRequest, segment: Segment): Promise<Response> =>
  NextAuth(request, segment, loginOptions());

export { handler as GET, handler as POST };
