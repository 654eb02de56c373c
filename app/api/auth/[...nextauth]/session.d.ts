import type { DefaultSession } from "next-auth";

declare module "next-auth" {
  interface User {
    sid: string;
  }
  interface Session extends Omit<DefaultSession, "user"> {
    uid?: string;
    sid?: string;
  }
}

declare module "next-auth/jwt" {
  interface JWT {
    sid?: string | undefined;
    uid?: string | undefined;
  }
}
