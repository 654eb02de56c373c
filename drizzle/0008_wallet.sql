CREATE TABLE "cards" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"stripe" text NOT NULL,
	"method_id" text NOT NULL,
	"kind" text NOT NULL,
	"brand" text NOT NULL,
	"last4" text NOT NULL,
	"exp_month" smallint,
	"exp_year" smallint,
	"is_default" boolean DEFAULT false NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	"removed_at" timestamp with time zone,
	CONSTRAINT "cards_method" UNIQUE("method_id"),
	CONSTRAINT "cards_kind" CHECK ("cards"."kind" in ('card', 'bank')),
	CONSTRAINT "cards_gone" CHECK (not ("cards"."is_default" and "cards"."removed_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "wallet_settings" (
	"account_id" text PRIMARY KEY NOT NULL,
	"auto_threshold" bigint,
	"auto_amount" bigint,
	"auto_monthly_cap" bigint,
	"auto_paused" text,
	"auto_trouble" text,
	"auto_failed_card" text,
	"daily_limit" bigint,
	"weekly_limit" bigint,
	"next_daily_limit" bigint,
	"next_weekly_limit" bigint,
	"limits_change_at" timestamp with time zone,
	"cool_off_until" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "wallet_auto_whole" CHECK (num_nulls("wallet_settings"."auto_threshold", "wallet_settings"."auto_amount", "wallet_settings"."auto_monthly_cap") in (0, 3)),
	CONSTRAINT "wallet_auto_sane" CHECK ("wallet_settings"."auto_amount" > 0 and "wallet_settings"."auto_amount" % 10000 = 0 and "wallet_settings"."auto_threshold" > 0 and "wallet_settings"."auto_monthly_cap" >= "wallet_settings"."auto_amount"),
	CONSTRAINT "wallet_auto_paused" CHECK ("wallet_settings"."auto_paused" in ('declined', 'needs_you', 'no_card', 'cap_reached')),
	CONSTRAINT "wallet_limits" CHECK ("wallet_settings"."daily_limit" >= 0 and "wallet_settings"."weekly_limit" >= 0)
);
--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "is_automatic" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "method_id" text;--> statement-breakpoint
ALTER TABLE "cards" ADD CONSTRAINT "cards_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wallet_settings" ADD CONSTRAINT "wallet_settings_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cards_account" ON "cards" USING btree ("account_id","stripe") WHERE "cards"."removed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "cards_default" ON "cards" USING btree ("account_id","stripe") WHERE "cards"."is_default";--> statement-breakpoint
CREATE INDEX "wallet_auto" ON "wallet_settings" USING btree ("account_id") WHERE "wallet_settings"."auto_amount" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "payments_automatic" ON "payments" USING btree ("account_id") WHERE "payments"."is_automatic" and "payments"."state" in ('new', 'unknown', 'open', 'processing');--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_automatic" CHECK ("payments"."is_automatic" = ("payments"."method_id" is not null));