ALTER TABLE "invoices" ADD COLUMN "refunded" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "billed_to" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "invoices" ADD COLUMN "tax_id" text;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "was_asked" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_refunded" CHECK ("invoices"."refunded" between 0 and "invoices"."amount_paid");--> statement-breakpoint
-- What is not known to wait for a page of Stripe's may have been asked for already.
UPDATE "subscriptions" SET "was_asked" = true WHERE "stripe_id" IS NOT NULL OR "checkout_id" IS NULL;
