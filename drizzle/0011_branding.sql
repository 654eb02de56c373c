CREATE TABLE "brandings" (
	"account_id" text PRIMARY KEY NOT NULL,
	"display_name" text,
	"accent" text,
	"ground" text,
	"logo" "bytea",
	"logo_hash" text,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "brandings_accent" CHECK ("brandings"."accent" ~ '^#[0-9a-f]{6}$'),
	CONSTRAINT "brandings_ground" CHECK ("brandings"."ground" ~ '^#[0-9a-f]{6}$'),
	CONSTRAINT "brandings_logo" CHECK (("brandings"."logo" is null) = ("brandings"."logo_hash" is null)),
	CONSTRAINT "brandings_logo_size" CHECK (octet_length("brandings"."logo") <= 65536)
);
--> statement-breakpoint
ALTER TABLE "brandings" ADD CONSTRAINT "brandings_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;