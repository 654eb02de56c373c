CREATE TABLE "credit_totals" (
	"account_id" text PRIMARY KEY NOT NULL,
	"bought" bigint NOT NULL,
	CONSTRAINT "credit_totals_bought" CHECK ("credit_totals"."bought" > 0)
);
--> statement-breakpoint
ALTER TABLE "credit_totals" ADD CONSTRAINT "credit_totals_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;