CREATE TABLE "entitlement_grants" (
	"account_id" text NOT NULL,
	"family" text NOT NULL,
	"features" jsonb NOT NULL,
	"period_start" timestamp with time zone NOT NULL,
	"period_end" timestamp with time zone NOT NULL,
	"granted_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "entitlement_grants_account_id_family_pk" PRIMARY KEY("account_id","family"),
	CONSTRAINT "entitlement_grants_family" CHECK ("entitlement_grants"."family" in ('rooms', 'compute', 'gateway')),
	CONSTRAINT "entitlement_grants_period" CHECK ("entitlement_grants"."period_start" < "entitlement_grants"."period_end")
);
--> statement-breakpoint
CREATE TABLE "limit_warnings" (
	"account_id" text NOT NULL,
	"kind" text NOT NULL,
	"period_start" timestamp with time zone NOT NULL,
	"percent" smallint NOT NULL,
	"warned_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "limit_warnings_account_id_kind_period_start_percent_pk" PRIMARY KEY("account_id","kind","period_start","percent")
);
--> statement-breakpoint
CREATE TABLE "chat_messages" (
	"id" text PRIMARY KEY NOT NULL,
	"room_id" text NOT NULL,
	"meeting_id" text NOT NULL,
	"participant_id" text NOT NULL,
	"client_id" text NOT NULL,
	"text" text NOT NULL,
	"sent_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"deleted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "meetings" (
	"id" text PRIMARY KEY NOT NULL,
	"room_id" text NOT NULL,
	"account_id" text NOT NULL,
	"began_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"room_ms" bigint DEFAULT 0 NOT NULL,
	"participant_ms" bigint DEFAULT 0 NOT NULL,
	"most_at_once" integer DEFAULT 0 NOT NULL,
	"grace_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "participants" (
	"id" text PRIMARY KEY NOT NULL,
	"room_id" text NOT NULL,
	"identity" text NOT NULL,
	"device_id" text,
	"link_id" text,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"state" text NOT NULL,
	"left_reason" text,
	"has_audio" boolean DEFAULT false NOT NULL,
	"has_video" boolean DEFAULT false NOT NULL,
	"has_screen" boolean DEFAULT false NOT NULL,
	"has_hand_up" boolean DEFAULT false NOT NULL,
	"is_reconnecting" boolean DEFAULT false NOT NULL,
	"epoch" integer DEFAULT 0 NOT NULL,
	"joined_seq" bigint DEFAULT 0 NOT NULL,
	"resume_hash" text,
	"seen_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"left_at" timestamp with time zone,
	CONSTRAINT "participants_state" CHECK ("participants"."state" in ('waiting', 'admitted', 'inside', 'left')),
	CONSTRAINT "participants_role" CHECK ("participants"."role" in ('host', 'moderator', 'speaker', 'listener')),
	CONSTRAINT "participants_left" CHECK (("participants"."state" = 'left') = ("participants"."left_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "presence" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"meeting_id" text NOT NULL,
	"participant_id" text NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"until_at" timestamp with time zone,
	"returns" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "presence_order" CHECK ("presence"."until_at" >= "presence"."from_at")
);
--> statement-breakpoint
CREATE TABLE "room_events" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"transaction_id" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"room_id" text NOT NULL,
	"seq" bigint,
	"name" text NOT NULL,
	"body" jsonb NOT NULL,
	"audience" text,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "room_links" (
	"id" text PRIMARY KEY NOT NULL,
	"room_id" text NOT NULL,
	"label" text NOT NULL,
	"role" text NOT NULL,
	"secret_hash" text NOT NULL,
	"is_one_time" boolean NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "room_links_secret" UNIQUE("secret_hash"),
	CONSTRAINT "room_links_role" CHECK ("room_links"."role" in ('moderator', 'speaker', 'listener'))
);
--> statement-breakpoint
CREATE TABLE "rooms" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"seats" integer,
	"is_locked" boolean DEFAULT false NOT NULL,
	"has_waiting_room" boolean DEFAULT false NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "rooms_kind" CHECK ("rooms"."kind" in ('video', 'voice')),
	CONSTRAINT "rooms_seats" CHECK ("rooms"."seats" >= 2)
);
--> statement-breakpoint
ALTER TABLE "entitlement_grants" ADD CONSTRAINT "entitlement_grants_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "limit_warnings" ADD CONSTRAINT "limit_warnings_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_messages" ADD CONSTRAINT "chat_messages_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_messages" ADD CONSTRAINT "chat_messages_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_messages" ADD CONSTRAINT "chat_messages_participant_id_participants_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participants" ADD CONSTRAINT "participants_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participants" ADD CONSTRAINT "participants_link_id_room_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."room_links"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "presence" ADD CONSTRAINT "presence_meeting_id_meetings_id_fk" FOREIGN KEY ("meeting_id") REFERENCES "public"."meetings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "presence" ADD CONSTRAINT "presence_participant_id_participants_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_events" ADD CONSTRAINT "room_events_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_links" ADD CONSTRAINT "room_links_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rooms" ADD CONSTRAINT "rooms_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "chat_messages_once" ON "chat_messages" USING btree ("participant_id","client_id");--> statement-breakpoint
CREATE INDEX "chat_messages_meeting" ON "chat_messages" USING btree ("meeting_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "meetings_running" ON "meetings" USING btree ("room_id") WHERE "meetings"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "meetings_period" ON "meetings" USING btree ("account_id","began_at");--> statement-breakpoint
CREATE INDEX "meetings_room" ON "meetings" USING btree ("room_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "participants_present" ON "participants" USING btree ("room_id","identity") WHERE "participants"."state" <> 'left';--> statement-breakpoint
CREATE INDEX "participants_room" ON "participants" USING btree ("room_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "presence_open" ON "presence" USING btree ("participant_id") WHERE "presence"."until_at" is null;--> statement-breakpoint
CREATE INDEX "presence_meeting" ON "presence" USING btree ("meeting_id");--> statement-breakpoint
CREATE INDEX "presence_participant" ON "presence" USING btree ("participant_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "room_events_place" ON "room_events" USING btree ("room_id","seq") WHERE "room_events"."seq" is not null;--> statement-breakpoint
CREATE INDEX "room_events_cursor" ON "room_events" USING btree ("transaction_id","id");--> statement-breakpoint
CREATE INDEX "room_events_at" ON "room_events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "room_links_room" ON "room_links" USING btree ("room_id","id");--> statement-breakpoint
CREATE INDEX "rooms_account" ON "rooms" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "rooms_period" ON "rooms" USING btree ("account_id","created_at");--> statement-breakpoint
-- What a meeting came to, or has come to so far: while two or more were connected, each one's time summed, and the most
-- at once. An open stretch reaches to the last sign of life; one below a second was nobody's visit.
CREATE FUNCTION meeting_totals(of_meeting text, OUT room_ms bigint, OUT participant_ms bigint, OUT most integer) LANGUAGE sql STABLE AS $$
  WITH stays AS (
    SELECT s.from_at, coalesce(s.until_at, greatest(s.from_at, who.seen_at)) AS until_at
    FROM presence s JOIN participants who ON who.id = s.participant_id
    WHERE s.meeting_id = of_meeting
  ), visits AS (
    SELECT from_at, until_at FROM stays WHERE until_at - from_at >= interval '1 second'
  ), edges AS (
    SELECT from_at AS at, 1 AS step FROM visits UNION ALL SELECT until_at, -1 FROM visits
  ), counted AS (
    SELECT at, lead(at) OVER w AS next_at, sum(step) OVER w AS inside FROM edges WINDOW w AS (ORDER BY at)
  )
  SELECT
    (SELECT coalesce(round(1000 * sum(extract(epoch FROM next_at - at)) FILTER (WHERE inside >= 2)), 0) FROM counted)::bigint,
    (SELECT coalesce(round(1000 * sum(extract(epoch FROM until_at - from_at))), 0) FROM visits)::bigint,
    (SELECT coalesce(max(inside), 0) FROM counted)::integer
$$;
--> statement-breakpoint
-- Every process that holds a line of the room looks at once, and once a second where the notice is lost.
CREATE FUNCTION announce_room_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('parley_rooms', '');
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER room_events_announced AFTER INSERT ON "room_events" FOR EACH STATEMENT EXECUTE FUNCTION announce_room_events();
