import type { Ctx } from "@/lib/ctx";
import type { User } from "@/lib/logins/schema";
import { makeUser } from "./internal";
import type { Register } from "./schema";

/** Registration from a page: no key that nobody sees, and the browser signs itself in. */
export const signUp = (ctx: Ctx, input: Register): Promise<User> => makeUser(ctx, input, async (_, { user }) => user);
