CREATE TABLE "invoice_lines" (
	"invoice_id" text NOT NULL,
	"account_id" text NOT NULL,
	"position" integer NOT NULL,
	"title" text NOT NULL,
	"quantity" integer,
	"amount" bigint NOT NULL,
	"is_proration" boolean NOT NULL,
	"period_start" timestamp with time zone NOT NULL,
	"period_end" timestamp with time zone NOT NULL,
	CONSTRAINT "invoice_lines_invoice_id_position_pk" PRIMARY KEY("invoice_id","position")
);
--> statement-breakpoint
CREATE TABLE "invoices" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"subscription_id" text,
	"family" text,
	"stripe" text NOT NULL,
	"stripe_id" text NOT NULL,
	"number" text,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"subtotal" bigint NOT NULL,
	"discount" bigint NOT NULL,
	"tax" bigint NOT NULL,
	"total" bigint NOT NULL,
	"amount_due" bigint NOT NULL,
	"amount_paid" bigint NOT NULL,
	"hosted_url" text,
	"pdf_url" text,
	"intent_id" text,
	"fee" bigint,
	"method" text,
	"failure" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp with time zone,
	"period_start" timestamp with time zone NOT NULL,
	"period_end" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"finalized_at" timestamp with time zone,
	"due_at" timestamp with time zone,
	"paid_at" timestamp with time zone,
	"transfer_id" text,
	"was_announced" boolean DEFAULT false NOT NULL,
	"failures_told" integer DEFAULT 0 NOT NULL,
	"seen" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "invoices_stripe" UNIQUE("stripe_id"),
	CONSTRAINT "invoices_intent" UNIQUE("intent_id"),
	CONSTRAINT "invoices_state" CHECK ("invoices"."state" in ('draft', 'open', 'paid', 'void', 'uncollectible')),
	CONSTRAINT "invoices_paid" CHECK (("invoices"."state" = 'paid') = ("invoices"."paid_at" is not null)),
	CONSTRAINT "invoices_amounts" CHECK ("invoices"."amount_due" >= 0 and "invoices"."amount_paid" >= 0)
);
--> statement-breakpoint
CREATE TABLE "plan_quotes" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"subscription_id" text NOT NULL,
	"from_plan_id" text NOT NULL,
	"plan_id" text NOT NULL,
	"interval" text NOT NULL,
	"promotion_code" text,
	"proration_at" timestamp with time zone NOT NULL,
	"due_now" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plan_versions" (
	"plan_id" text NOT NULL,
	"version" smallint NOT NULL,
	"features" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "plan_versions_plan_id_version_pk" PRIMARY KEY("plan_id","version")
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"family" text NOT NULL,
	"plan_id" text NOT NULL,
	"plan_version" smallint NOT NULL,
	"interval" text NOT NULL,
	"state" text NOT NULL,
	"request_key" text,
	"promotion_code" text,
	"trial_days" smallint DEFAULT 0 NOT NULL,
	"stripe" text NOT NULL,
	"stripe_id" text,
	"item_id" text,
	"schedule_id" text,
	"checkout_id" text,
	"anchor_at" timestamp with time zone,
	"period_start" timestamp with time zone,
	"period_end" timestamp with time zone,
	"trial_ends_at" timestamp with time zone,
	"was_trial_told" boolean DEFAULT false NOT NULL,
	"cancel_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"past_due_at" timestamp with time zone,
	"next_plan_id" text,
	"next_interval" text,
	"created_at" timestamp with time zone NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"look_at" timestamp with time zone,
	"seen" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "subscriptions_stripe" UNIQUE("stripe_id"),
	CONSTRAINT "subscriptions_checkout" UNIQUE("checkout_id"),
	CONSTRAINT "subscriptions_family" CHECK ("subscriptions"."family" in ('rooms', 'compute', 'gateway')),
	CONSTRAINT "subscriptions_interval" CHECK ("subscriptions"."interval" in ('month', 'year')),
	CONSTRAINT "subscriptions_state" CHECK ("subscriptions"."state" in ('new', 'incomplete', 'trialing', 'active', 'past_due', 'unpaid', 'paused', 'canceled', 'expired', 'refused')),
	CONSTRAINT "subscriptions_next" CHECK (("subscriptions"."next_plan_id" is null) = ("subscriptions"."next_interval" is null)),
	CONSTRAINT "subscriptions_period" CHECK ("subscriptions"."period_start" < "subscriptions"."period_end"),
	CONSTRAINT "subscriptions_known" CHECK ("subscriptions"."state" in ('new', 'refused') or ("subscriptions"."stripe_id" is not null and "subscriptions"."anchor_at" is not null))
);
--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "invoice_lines_invoice_id_invoices_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "public"."invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "invoice_lines_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_subscription_id_subscriptions_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."subscriptions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_transfer_id_transfers_id_fk" FOREIGN KEY ("transfer_id") REFERENCES "public"."transfers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_quotes" ADD CONSTRAINT "plan_quotes_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_quotes" ADD CONSTRAINT "plan_quotes_subscription_id_subscriptions_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."subscriptions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_plan" FOREIGN KEY ("plan_id","plan_version") REFERENCES "public"."plan_versions"("plan_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "invoices_account" ON "invoices" USING btree ("account_id","created_at","id");--> statement-breakpoint
CREATE INDEX "invoices_subscription" ON "invoices" USING btree ("subscription_id");--> statement-breakpoint
CREATE INDEX "plan_quotes_subscription" ON "plan_quotes" USING btree ("subscription_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_versions_features" ON "plan_versions" USING btree ("plan_id","features");--> statement-breakpoint
CREATE UNIQUE INDEX "subscriptions_live" ON "subscriptions" USING btree ("account_id","family") WHERE "subscriptions"."state" not in ('canceled', 'expired', 'refused');--> statement-breakpoint
CREATE UNIQUE INDEX "subscriptions_request" ON "subscriptions" USING btree ("account_id","request_key") WHERE "subscriptions"."request_key" is not null;--> statement-breakpoint
CREATE INDEX "subscriptions_account" ON "subscriptions" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "subscriptions_look" ON "subscriptions" USING btree ("look_at") WHERE "subscriptions"."look_at" is not null;
--> statement-breakpoint
-- As before, and with what subscriptions earn.
CREATE OR REPLACE FUNCTION entry_fits(account text, pot text, asset text, amount bigint, after bigint, version integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF is_account_pot(pot) THEN
    RETURN asset = pot_asset(pot) AND num_nulls(account, after, version) = 0;
  END IF;
  RETURN asset = pot_asset(pot) AND num_nonnulls(account, after, version) = 0 AND CASE
    WHEN pot IN ('stripe', 'disputed') THEN amount % 10000 = 0
    ELSE pot IN ('deferred', 'income_credits', 'income_commission', 'income_plans', 'income_breakage', 'cost_fees', 'cost_promotions',
      'cost_disputes', 'issued_paid', 'issued_bonus', 'issued_promotional', 'burned', 'expired') END;
END
$$;
--> statement-breakpoint
-- A version of a plan is a promise to whoever has it.
CREATE FUNCTION keep_plan_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a version of a plan never changes' USING ERRCODE = 'restrict_violation';
END
$$;
--> statement-breakpoint
CREATE TRIGGER plan_versions_are_kept BEFORE UPDATE OR DELETE ON "plan_versions" FOR EACH ROW EXECUTE FUNCTION keep_plan_version();
--> statement-breakpoint
-- What was paid or voided stays as it is: an invoice that is final is corrected by another one.
CREATE FUNCTION keep_final_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IN ('paid', 'void') AND (NEW.state, NEW.number, NEW.total, NEW.tax, NEW.discount, NEW.account_id) IS DISTINCT FROM
    (OLD.state, OLD.number, OLD.total, OLD.tax, OLD.discount, OLD.account_id) THEN
    RAISE EXCEPTION 'invoice % is final', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER invoices_stay_final BEFORE UPDATE ON "invoices" FOR EACH ROW EXECUTE FUNCTION keep_final_invoice();
