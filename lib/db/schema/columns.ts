import { customType, timestamp } from "drizzle-orm/pg-core";

/** An instant. Every one of them carries its zone. */
export const instant = () => timestamp({ withTimezone: true, mode: "date" });

/** An instant stamped by the database, so that two servers with two clocks agree. */
export const stampedNow = () => instant().notNull().defaultNow();

/** A 64-bit transaction id; used to read a table in commit order without gaps. */
export const transactionId = customType<{ data: string }>({ dataType: () => "xid8" });
