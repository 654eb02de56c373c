import { sql } from "drizzle-orm";
import { check, customType, pgTable, text } from "drizzle-orm/pg-core";
import type { Id } from "@/lib/ids";
import { accounts } from "./accounts";
import { stampedNow } from "./columns";

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** One row is how an account looks to the people it meets. It stays where a plan no longer shows it. */
export const brandings = pgTable(
  "brandings",
  {
    accountId: text()
      .$type<Id<"account">>()
      .primaryKey()
      .references(() => accounts.id),
    displayName: text(),
    accent: text(),
    ground: text(),
    /** A PNG as we wrote it ourselves, found by the hash of its bytes. */
    logo: bytes(),
    logoHash: text(),
    updatedAt: stampedNow(),
  },
  (table) => [
    check("brandings_accent", sql`${table.accent} ~ '^#[0-9a-f]{6}$'`),
    check("brandings_ground", sql`${table.ground} ~ '^#[0-9a-f]{6}$'`),
    check("brandings_logo", sql`(${table.logo} is null) = (${table.logoHash} is null)`),
    check("brandings_logo_size", sql`octet_length(${table.logo}) <= 65536`),
  ],
);
