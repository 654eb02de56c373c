CREATE TABLE "disputes" (
	"id" text PRIMARY KEY NOT NULL,
	"payment_id" text NOT NULL,
	"account_id" text NOT NULL,
	"stripe_id" text NOT NULL,
	"amount" bigint NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"owed" bigint DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone,
	"opened_by" text,
	"closed_by" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "disputes_stripe" UNIQUE("stripe_id"),
	CONSTRAINT "disputes_state" CHECK ("disputes"."state" in ('inquiry', 'open', 'won', 'lost', 'closed')),
	CONSTRAINT "disputes_amount" CHECK ("disputes"."amount" > 0 and "disputes"."amount" % 10000 = 0)
);
--> statement-breakpoint
CREATE TABLE "payments" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"purpose" text NOT NULL,
	"package_id" smallint,
	"title" text NOT NULL,
	"credits" integer NOT NULL,
	"bonus_credits" integer NOT NULL,
	"price" bigint NOT NULL,
	"state" text DEFAULT 'new' NOT NULL,
	"request_key" text,
	"stripe" text NOT NULL,
	"intent_id" text,
	"charge_id" text,
	"card_brand" text,
	"card_last4" text,
	"failure" text,
	"refunded" bigint NOT NULL,
	"fee" bigint,
	"transfer_id" text,
	"created_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"look_at" timestamp with time zone,
	"looks" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "payments_intent" UNIQUE("intent_id"),
	CONSTRAINT "payments_purpose" CHECK ("payments"."purpose" in ('credits', 'wallet')),
	CONSTRAINT "payments_state" CHECK ("payments"."state" in ('new', 'unknown', 'open', 'processing', 'succeeded', 'canceled', 'refused')),
	CONSTRAINT "payments_price" CHECK ("payments"."price" > 0 and "payments"."price" % 10000 = 0),
	CONSTRAINT "payments_goods" CHECK (("payments"."purpose" = 'credits') = ("payments"."credits" > 0) and "payments"."bonus_credits" >= 0),
	CONSTRAINT "payments_refunded" CHECK ("payments"."refunded" between 0 and "payments"."price"),
	CONSTRAINT "payments_granted" CHECK (("payments"."state" = 'succeeded') = ("payments"."transfer_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"id" text PRIMARY KEY NOT NULL,
	"payment_id" text NOT NULL,
	"account_id" text NOT NULL,
	"amount" bigint NOT NULL,
	"credits" integer NOT NULL,
	"bonus_credits" integer NOT NULL,
	"state" text DEFAULT 'new' NOT NULL,
	"reason" text NOT NULL,
	"request_key" text,
	"stripe_id" text,
	"transfer_id" text NOT NULL,
	"undone_by" text,
	"created_at" timestamp with time zone NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"look_at" timestamp with time zone,
	"looks" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "refunds_stripe" UNIQUE("stripe_id"),
	CONSTRAINT "refunds_state" CHECK ("refunds"."state" in ('new', 'unknown', 'pending', 'succeeded', 'failed', 'refused')),
	CONSTRAINT "refunds_amount" CHECK ("refunds"."amount" > 0 and "refunds"."amount" % 10000 = 0),
	CONSTRAINT "refunds_undone" CHECK (("refunds"."state" in ('failed', 'refused')) = ("refunds"."undone_by" is not null))
);
--> statement-breakpoint
CREATE TABLE "stripe_customers" (
	"account_id" text NOT NULL,
	"stripe" text NOT NULL,
	"customer_id" text,
	"attempt" integer DEFAULT 1 NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stripe_customers_account_id_stripe_pk" PRIMARY KEY("account_id","stripe"),
	CONSTRAINT "stripe_customers_customer" UNIQUE("customer_id")
);
--> statement-breakpoint
CREATE TABLE "stripe_cursors" (
	"stripe" text PRIMARY KEY NOT NULL,
	"reached_at" timestamp with time zone NOT NULL,
	"looked_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stripe_events" (
	"id" text PRIMARY KEY NOT NULL,
	"stripe" text NOT NULL,
	"type" text NOT NULL,
	"account" text,
	"subject" text,
	"api_version" text,
	"livemode" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"via" text NOT NULL,
	"state" text DEFAULT 'new' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"leased_until" timestamp with time zone,
	"done_at" timestamp with time zone,
	"note" text,
	CONSTRAINT "stripe_events_state" CHECK ("stripe_events"."state" in ('new', 'done', 'ignored', 'parked', 'failed')),
	CONSTRAINT "stripe_events_via" CHECK ("stripe_events"."via" in ('webhook', 'reconciliation'))
);
--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_opened_by_transfers_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."transfers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_closed_by_transfers_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."transfers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_transfer_id_transfers_id_fk" FOREIGN KEY ("transfer_id") REFERENCES "public"."transfers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_transfer_id_transfers_id_fk" FOREIGN KEY ("transfer_id") REFERENCES "public"."transfers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_undone_by_transfers_id_fk" FOREIGN KEY ("undone_by") REFERENCES "public"."transfers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stripe_customers" ADD CONSTRAINT "stripe_customers_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "disputes_payment" ON "disputes" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "disputes_open" ON "disputes" USING btree ("account_id") WHERE "disputes"."state" = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "payments_request" ON "payments" USING btree ("account_id","request_key") WHERE "payments"."request_key" is not null;--> statement-breakpoint
CREATE INDEX "payments_account" ON "payments" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "payments_look" ON "payments" USING btree ("look_at") WHERE "payments"."look_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "refunds_request" ON "refunds" USING btree ("payment_id","request_key") WHERE "refunds"."request_key" is not null;--> statement-breakpoint
CREATE INDEX "refunds_payment" ON "refunds" USING btree ("payment_id","id");--> statement-breakpoint
CREATE INDEX "refunds_look" ON "refunds" USING btree ("look_at") WHERE "refunds"."look_at" is not null;--> statement-breakpoint
CREATE INDEX "stripe_events_due" ON "stripe_events" USING btree ("due_at") WHERE "stripe_events"."state" = 'new';--> statement-breakpoint
CREATE INDEX "stripe_events_received" ON "stripe_events" USING btree ("received_at");