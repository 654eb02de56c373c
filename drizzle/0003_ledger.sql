CREATE TABLE "allocations" (
	"transfer_id" text NOT NULL,
	"turn" smallint NOT NULL,
	"lot_id" text NOT NULL,
	"amount" bigint NOT NULL,
	"returns_id" text,
	CONSTRAINT "allocations_transfer_id_turn_pk" PRIMARY KEY("transfer_id","turn"),
	CONSTRAINT "allocations_amount" CHECK (("allocations"."amount" < 0 and "allocations"."returns_id" is null) or ("allocations"."amount" > 0 and "allocations"."returns_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "entries" (
	"transfer_id" text NOT NULL,
	"leg" smallint NOT NULL,
	"account_id" text,
	"pot" text NOT NULL,
	"asset" text NOT NULL,
	"amount" bigint NOT NULL,
	"balance_after" bigint,
	"pot_version" integer,
	CONSTRAINT "entries_transfer_id_leg_pk" PRIMARY KEY("transfer_id","leg"),
	CONSTRAINT "entries_amount" CHECK ("entries"."amount" <> 0),
	CONSTRAINT "entries_asset" CHECK (("entries"."asset" = 'usd' and "entries"."pot" in ('wallet', 'wallet_held', 'wallet_owed', 'earnings_pending', 'earnings', 'earnings_owed', 'stripe', 'disputed', 'deferred', 'income_credits', 'income_commission', 'income_breakage', 'cost_fees', 'cost_promotions', 'cost_disputes')) or ("entries"."asset" = 'credit' and "entries"."pot" in ('credits', 'credits_held', 'credits_owed', 'issued_paid', 'issued_bonus', 'issued_promotional', 'burned', 'expired'))),
	CONSTRAINT "entries_owner" CHECK (("entries"."pot" in ('wallet', 'wallet_held', 'wallet_owed', 'credits', 'credits_held', 'credits_owed', 'earnings_pending', 'earnings', 'earnings_owed') and num_nulls("entries"."account_id", "entries"."balance_after", "entries"."pot_version") = 0)
        or ("entries"."pot" in ('stripe', 'disputed', 'deferred', 'income_credits', 'income_commission', 'income_breakage', 'cost_fees', 'cost_promotions', 'cost_disputes', 'issued_paid', 'issued_bonus', 'issued_promotional', 'burned', 'expired') and num_nonnulls("entries"."account_id", "entries"."balance_after", "entries"."pot_version") = 0)),
	CONSTRAINT "entries_cash_in_whole_cents" CHECK ("entries"."pot" not in ('stripe', 'disputed') or "entries"."amount" % 10000 = 0)
);
--> statement-breakpoint
CREATE TABLE "holds" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"pot" text NOT NULL,
	"amount" bigint NOT NULL,
	"settled" bigint DEFAULT 0 NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"purpose" text NOT NULL,
	"purpose_id" text NOT NULL,
	"turn" integer NOT NULL,
	"transfer_id" text NOT NULL,
	"closed_by" text,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "holds_pot_kind" CHECK ("holds"."pot" in ('wallet', 'credits')),
	CONSTRAINT "holds_state" CHECK ("holds"."state" in ('open', 'settled', 'released', 'expired')),
	CONSTRAINT "holds_settled" CHECK ("holds"."amount" > 0 and "holds"."settled" between 0 and "holds"."amount"),
	CONSTRAINT "holds_closed" CHECK (("holds"."state" = 'open') = ("holds"."closed_by" is null))
);
--> statement-breakpoint
CREATE TABLE "links" (
	"position" bigint PRIMARY KEY NOT NULL,
	"transfer_id" text NOT NULL,
	"digest" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "links_transfer" UNIQUE("transfer_id")
);
--> statement-breakpoint
CREATE TABLE "lots" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"pot" text NOT NULL,
	"kind" text NOT NULL,
	"transfer_id" text NOT NULL,
	"amount" bigint NOT NULL,
	"remaining" bigint NOT NULL,
	"gone" bigint DEFAULT 0 NOT NULL,
	"price" bigint NOT NULL,
	"priority" smallint DEFAULT 50 NOT NULL,
	"uses" text[],
	"effective_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	CONSTRAINT "lots_pot_kind" CHECK ("lots"."pot" in ('wallet', 'credits')),
	CONSTRAINT "lots_kind" CHECK ("lots"."kind" in ('promotional', 'bonus', 'paid')),
	CONSTRAINT "lots_amount" CHECK ("lots"."amount" > 0 and "lots"."price" >= 0),
	CONSTRAINT "lots_remaining" CHECK ("lots"."remaining" >= 0 and "lots"."gone" >= 0 and "lots"."remaining" + "lots"."gone" <= "lots"."amount")
);
--> statement-breakpoint
CREATE TABLE "pots" (
	"account_id" text NOT NULL,
	"kind" text NOT NULL,
	"balance" bigint NOT NULL,
	"version" integer NOT NULL,
	"frozen_at" timestamp with time zone,
	CONSTRAINT "pots_account_id_kind_pk" PRIMARY KEY("account_id","kind"),
	CONSTRAINT "pots_kind" CHECK ("pots"."kind" in ('wallet', 'wallet_held', 'wallet_owed', 'credits', 'credits_held', 'credits_owed', 'earnings_pending', 'earnings', 'earnings_owed')),
	CONSTRAINT "pots_never_below_zero" CHECK ("pots"."balance" >= 0)
);
--> statement-breakpoint
CREATE TABLE "transfers" (
	"id" text PRIMARY KEY NOT NULL,
	"cause" text NOT NULL,
	"kind" text NOT NULL,
	"reverses_id" text,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"request_id" text NOT NULL,
	"detail" jsonb NOT NULL,
	"recognises" text,
	"asked" text NOT NULL,
	"effective_at" timestamp with time zone NOT NULL,
	"booked_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "transfers_cause" UNIQUE("cause")
);
--> statement-breakpoint
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_transfer_id_transfers_id_fk" FOREIGN KEY ("transfer_id") REFERENCES "public"."transfers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_lot_id_lots_id_fk" FOREIGN KEY ("lot_id") REFERENCES "public"."lots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_returns_id_transfers_id_fk" FOREIGN KEY ("returns_id") REFERENCES "public"."transfers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_transfer_id_transfers_id_fk" FOREIGN KEY ("transfer_id") REFERENCES "public"."transfers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_transfer_id_transfers_id_fk" FOREIGN KEY ("transfer_id") REFERENCES "public"."transfers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_closed_by_transfers_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."transfers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_pot" FOREIGN KEY ("account_id","pot") REFERENCES "public"."pots"("account_id","kind") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "links" ADD CONSTRAINT "links_transfer_id_transfers_id_fk" FOREIGN KEY ("transfer_id") REFERENCES "public"."transfers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lots" ADD CONSTRAINT "lots_transfer_id_transfers_id_fk" FOREIGN KEY ("transfer_id") REFERENCES "public"."transfers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lots" ADD CONSTRAINT "lots_pot" FOREIGN KEY ("account_id","pot") REFERENCES "public"."pots"("account_id","kind") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pots" ADD CONSTRAINT "pots_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_reverses_id_transfers_id_fk" FOREIGN KEY ("reverses_id") REFERENCES "public"."transfers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "allocations_lot" ON "allocations" USING btree ("lot_id");--> statement-breakpoint
CREATE INDEX "allocations_returns" ON "allocations" USING btree ("returns_id") WHERE "allocations"."returns_id" is not null;--> statement-breakpoint
CREATE INDEX "entries_pot" ON "entries" USING btree ("account_id","pot","pot_version") WHERE "entries"."account_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "holds_purpose" ON "holds" USING btree ("purpose","purpose_id","turn");--> statement-breakpoint
CREATE INDEX "holds_open" ON "holds" USING btree ("expires_at") WHERE "holds"."state" = 'open';--> statement-breakpoint
CREATE INDEX "holds_account" ON "holds" USING btree ("account_id","pot") WHERE "holds"."state" = 'open';--> statement-breakpoint
CREATE INDEX "lots_live" ON "lots" USING btree ("account_id","pot") WHERE "lots"."remaining" > 0;--> statement-breakpoint
CREATE INDEX "lots_expiry" ON "lots" USING btree ("expires_at") WHERE "lots"."remaining" > 0 and "lots"."expires_at" is not null;--> statement-breakpoint
CREATE INDEX "lots_transfer" ON "lots" USING btree ("transfer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "transfers_reverses" ON "transfers" USING btree ("reverses_id") WHERE "transfers"."reverses_id" is not null;--> statement-breakpoint
CREATE INDEX "transfers_booked" ON "transfers" USING btree ("booked_at");--> statement-breakpoint
CREATE INDEX "transfers_request" ON "transfers" USING btree ("request_id");--> statement-breakpoint
CREATE FUNCTION pot_asset(pot text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN pot IN ('credits', 'credits_held', 'credits_owed', 'issued_paid', 'issued_bonus', 'issued_promotional', 'burned', 'expired')
    THEN 'credit' ELSE 'usd' END
$$;
--> statement-breakpoint
-- What of a lot's price belongs to the part of it that is gone. Rounded down, so that the parts never exceed the whole.
CREATE FUNCTION price_of_gone(lot lots, gone bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN lot.pot = 'credits' THEN div(lot.price::numeric * gone, lot.amount)::bigint ELSE 0 END
$$;
--> statement-breakpoint
-- Puts one change into one pot and answers its balance and version, or refuses with what is there.
CREATE FUNCTION change_pot(account text, pot text, amount bigint, spends boolean, OUT after bigint, OUT at_version integer) LANGUAGE plpgsql AS $$
DECLARE
  change constant bigint := CASE WHEN pot LIKE '%\_owed' THEN -amount ELSE amount END;
  found_pot pots;
BEGIN
  UPDATE pots SET balance = balance + change, version = version + 1
    WHERE account_id = account AND kind = pot AND balance + change >= 0 AND (change >= 0 OR NOT spends OR frozen_at IS NULL)
    RETURNING balance, version INTO after, at_version;
  IF FOUND THEN RETURN; END IF;

  IF change >= 0 THEN
    INSERT INTO pots (account_id, kind, balance, version) VALUES (account, pot, change, 1)
      ON CONFLICT (account_id, kind) DO UPDATE SET balance = pots.balance + change, version = pots.version + 1
      RETURNING balance, version INTO after, at_version;
    RETURN;
  END IF;

  SELECT * INTO found_pot FROM pots WHERE account_id = account AND kind = pot;
  IF spends AND found_pot.frozen_at IS NOT NULL THEN
    RAISE EXCEPTION 'nothing may be spent from this %', pot USING ERRCODE = 'PL403', DETAIL = jsonb_build_object('pot', pot)::text;
  END IF;
  PERFORM refuse_short(pot, -change, coalesce(found_pot.balance, 0));
END
$$;
--> statement-breakpoint
CREATE FUNCTION refuse_short(pot text, required bigint, balance bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the % holds too little', pot USING ERRCODE = 'PL402',
    DETAIL = jsonb_build_object('pot', pot, 'required', required, 'balance', balance)::text;
END
$$;
--> statement-breakpoint
-- Takes from one lot, or gives back to it, and answers by how much the price of what is gone has changed.
CREATE FUNCTION change_lot(transfer text, lot text, taken bigint, is_held boolean, undoes text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  before lots;
  gone_after bigint;
BEGIN
  SELECT * INTO before FROM lots WHERE id = lot;
  gone_after := before.gone + CASE WHEN is_held THEN 0 ELSE taken END;
  UPDATE lots SET remaining = remaining - taken, gone = gone_after WHERE id = lot;
  INSERT INTO allocations (transfer_id, turn, lot_id, amount, returns_id)
    SELECT transfer, count(*) + 1, lot, -taken, undoes FROM allocations WHERE transfer_id = transfer;
  RETURN price_of_gone(before, gone_after) - price_of_gone(before, before.gone);
END
$$;
--> statement-breakpoint
-- Takes an amount out of a pot's lots: the named ones, or what is used up first. The pot is locked, so its lots are too.
CREATE FUNCTION take_from_lots(transfer text, moved jsonb, at timestamptz, purpose text, is_held boolean) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  missing bigint := -(moved ->> 'amount')::bigint;
  taken bigint;
  price bigint := 0;
  lot record;
BEGIN
  FOR lot IN
    SELECT lots.id, least(lots.remaining, coalesce(named.amount, lots.remaining)) AS usable
    FROM lots LEFT JOIN jsonb_to_recordset(moved -> 'lots') AS named(id text, amount bigint) ON named.id = lots.id
    WHERE lots.account_id = moved ->> 'account' AND lots.pot = moved ->> 'pot' AND lots.remaining > 0
      AND CASE WHEN moved ? 'lots' THEN named.id IS NOT NULL
        ELSE lots.effective_at <= at AND (lots.expires_at IS NULL OR lots.expires_at > at) AND (lots.uses IS NULL OR purpose = ANY (lots.uses)) END
    ORDER BY lots.priority, array_position(ARRAY['promotional', 'bonus', 'paid'], lots.kind), lots.expires_at NULLS LAST, lots.effective_at, lots.id
  LOOP
    taken := least(missing, lot.usable);
    price := price + change_lot(transfer, lot.id, taken, is_held, NULL);
    missing := missing - taken;
    EXIT WHEN missing = 0;
  END LOOP;
  IF missing > 0 THEN
    PERFORM refuse_short(moved ->> 'pot', -(moved ->> 'amount')::bigint, -(moved ->> 'amount')::bigint - missing);
  END IF;
  RETURN price;
END
$$;
--> statement-breakpoint
-- Gives an amount back to the lots that an earlier transfer took it from, the last taken first, as it was written down then.
-- What ran out meanwhile lives for three more days.
CREATE FUNCTION give_back_to_lots(transfer text, moved jsonb, at timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  missing bigint := (moved ->> 'amount')::bigint;
  was_held constant boolean := EXISTS (
    SELECT FROM entries WHERE transfer_id = moved ->> 'back' AND account_id = moved ->> 'account' AND pot = (moved ->> 'pot') || '_held' AND amount > 0);
  returned bigint;
  price bigint := 0;
  part record;
BEGIN
  FOR part IN
    SELECT taken.lot_id, -taken.amount - coalesce((
      SELECT sum(given.amount) FROM allocations given WHERE given.returns_id = taken.transfer_id AND given.lot_id = taken.lot_id), 0)::bigint AS open
    FROM allocations taken JOIN lots ON lots.id = taken.lot_id
    WHERE taken.transfer_id = moved ->> 'back' AND taken.amount < 0 AND lots.account_id = moved ->> 'account' AND lots.pot = moved ->> 'pot'
    ORDER BY taken.turn DESC
  LOOP
    CONTINUE WHEN part.open <= 0;
    returned := least(missing, part.open);
    price := price + change_lot(transfer, part.lot_id, -returned, was_held, moved ->> 'back');
    UPDATE lots SET expires_at = at + interval '72 hours' WHERE id = part.lot_id AND expires_at <= at;
    missing := missing - returned;
    EXIT WHEN missing = 0;
  END LOOP;
  IF missing > 0 THEN
    RAISE EXCEPTION 'transfer % did not take that much', moved ->> 'back' USING ERRCODE = 'PL409';
  END IF;
  RETURN price;
END
$$;
--> statement-breakpoint
-- What a settled hold used is gone for good now, and its price with it.
CREATE FUNCTION burn_held_lots(reserved_by text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  part record;
  price bigint := 0;
BEGIN
  FOR part IN
    SELECT lots AS lot, -sum(a.amount)::bigint AS used FROM allocations a JOIN lots ON lots.id = a.lot_id
    WHERE a.transfer_id = reserved_by OR a.returns_id = reserved_by
    GROUP BY lots.id HAVING sum(a.amount) < 0
  LOOP
    UPDATE lots SET gone = gone + part.used WHERE id = (part.lot).id;
    price := price + price_of_gone(part.lot, (part.lot).gone + part.used) - price_of_gone(part.lot, (part.lot).gone);
  END LOOP;
  RETURN price;
END
$$;
--> statement-breakpoint
CREATE FUNCTION add_lot(transfer text, moved jsonb, at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  lot constant jsonb := moved -> 'lot';
  earlier constant integer := (SELECT count(*) FROM lots WHERE transfer_id = transfer);
BEGIN
  -- A transfer's lots have its own id but for the last letter, so that asking again names the same ones.
  INSERT INTO lots (id, account_id, pot, kind, transfer_id, amount, remaining, price, priority, uses, effective_at, expires_at)
  VALUES (
    'lot_' || left(substr(transfer, 10), 25) || substr('0123456789abcdefghjkmnpqrstvwxyz', earlier + 1, 1),
    moved ->> 'account', moved ->> 'pot', lot ->> 'kind', transfer, (moved ->> 'amount')::bigint, (moved ->> 'amount')::bigint,
    coalesce((lot ->> 'price')::bigint, 0), coalesce((lot ->> 'priority')::smallint, 50),
    CASE WHEN jsonb_typeof(lot -> 'uses') = 'array' THEN ARRAY(SELECT jsonb_array_elements_text(lot -> 'uses')) END,
    at, (lot ->> 'expiresAt')::timestamptz);
END
$$;
--> statement-breakpoint
-- The one door for value: writes a transfer with its entries, moves the balances and the lots, or refuses all of it.
-- The same cause again answers what it did the first time and changes nothing.
CREATE FUNCTION post_transfer(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  id constant text := p ->> 'id';
  at constant timestamptz := (p ->> 'at')::timestamptz;
  asked_for constant text := encode(sha256(convert_to((
    SELECT string_agg(concat_ws(' ', l.account, l.pot, l.amount), ';' ORDER BY l.account, l.pot, l.amount)
    FROM jsonb_to_recordset(p -> 'legs') AS l(account text, pot text, amount bigint)) || (p ->> 'kind'), 'UTF8')), 'hex');
  legs jsonb := p -> 'legs';
  balances jsonb := '{}';
  price bigint := 0;
  rest bigint;
  earlier transfers;
  leg record;
  change record;
  part jsonb;
BEGIN
  INSERT INTO transfers (id, cause, kind, reverses_id, actor_kind, actor_id, request_id, detail, asked, effective_at, recognises)
  VALUES (id, p ->> 'cause', p ->> 'kind', p ->> 'reverses', p ->> 'actorKind', p ->> 'actorId', p ->> 'requestId',
    coalesce(p -> 'detail', '{}'), asked_for, at, p ->> 'recognises')
  ON CONFLICT (cause) DO NOTHING;

  IF NOT FOUND THEN
    SELECT * INTO STRICT earlier FROM transfers WHERE cause = p ->> 'cause';
    IF earlier.asked <> asked_for THEN
      RAISE EXCEPTION 'the cause % stands for another transfer', p ->> 'cause' USING ERRCODE = 'PL422';
    END IF;
    RETURN jsonb_build_object('outcome', 'already', 'transferId', earlier.id, 'balances', (
      SELECT coalesce(jsonb_object_agg(account_id || ' ' || pot, jsonb_build_array(balance_after, pot_version)), '{}')
      FROM entries WHERE transfer_id = earlier.id AND account_id IS NOT NULL));
  END IF;

  -- Always in the same order, so that two transfers between the same pots never wait for each other.
  FOR leg IN
    SELECT l.account, l.pot, sum(l.amount)::bigint AS amount
    FROM jsonb_to_recordset(legs) AS l(account text, pot text, amount bigint)
    WHERE l.account IS NOT NULL GROUP BY l.account, l.pot ORDER BY l.account, l.pot
  LOOP
    SELECT * INTO change FROM change_pot(leg.account, leg.pot, leg.amount, coalesce((p ->> 'spends')::boolean, false));
    balances := balances || jsonb_build_object(leg.account || ' ' || leg.pot, jsonb_build_array(change.after, change.at_version));
  END LOOP;

  FOR part IN SELECT value FROM jsonb_array_elements(legs) WHERE value ->> 'pot' IN ('wallet', 'credits') LOOP
    IF (part ->> 'amount')::bigint < 0 THEN
      price := price + take_from_lots(id, part, at, p ->> 'purpose', EXISTS (
        SELECT FROM jsonb_to_recordset(legs) AS l(account text, pot text, amount bigint)
        WHERE l.account = part ->> 'account' AND l.pot = (part ->> 'pot') || '_held' AND l.amount > 0));
    ELSIF part ? 'back' THEN
      price := price + give_back_to_lots(id, part, at);
    ELSIF part ? 'lot' THEN
      PERFORM add_lot(id, part, at);
    ELSE
      RAISE EXCEPTION 'what comes into a % comes in a lot', part ->> 'pot' USING ERRCODE = 'PL409';
    END IF;
  END LOOP;
  IF p ? 'settles' THEN price := price + burn_held_lots(p ->> 'settles'); END IF;

  -- What was paid for the credits that are gone leaves `deferred`; what the other legs leave of it goes where the caller said.
  IF p ? 'recognises' THEN
    rest := price - (SELECT coalesce(sum(l.amount), 0) FROM jsonb_to_recordset(legs) AS l(pot text, amount bigint) WHERE pot_asset(l.pot) = 'usd');
    IF price <> 0 THEN legs := legs || jsonb_build_object('pot', 'deferred', 'amount', -price); END IF;
    IF rest <> 0 THEN legs := legs || jsonb_build_object('pot', p ->> 'recognises', 'amount', rest); END IF;
  ELSIF price <> 0 THEN
    RAISE EXCEPTION 'nobody said where the price of these credits goes' USING ERRCODE = 'PL409';
  END IF;

  IF EXISTS (SELECT FROM jsonb_to_recordset(legs) AS l(pot text, amount bigint) GROUP BY pot_asset(l.pot) HAVING sum(l.amount) <> 0) THEN
    RAISE EXCEPTION 'the legs of % do not sum to zero', p ->> 'cause' USING ERRCODE = 'PL409';
  END IF;
  INSERT INTO entries (transfer_id, leg, account_id, pot, asset, amount, balance_after, pot_version)
    SELECT id, l.leg, l.account, l.pot, pot_asset(l.pot), l.amount,
      (balances -> (l.account || ' ' || l.pot) ->> 0)::bigint, (balances -> (l.account || ' ' || l.pot) ->> 1)::integer
    FROM ROWS FROM (jsonb_to_recordset(legs) AS (account text, pot text, amount bigint)) WITH ORDINALITY AS l(account, pot, amount, leg);
  RETURN jsonb_build_object('outcome', 'posted', 'transferId', id, 'balances', balances);
END
$$;
--> statement-breakpoint
-- Sets something aside for a purpose. The same purpose and turn again answers the hold that is there.
CREATE FUNCTION reserve_hold(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  hold constant jsonb := p -> 'hold';
  posted jsonb;
  found_hold holds;
BEGIN
  posted := post_transfer(p - 'hold' || jsonb_build_object(
    'cause', concat_ws(':', 'hold', hold ->> 'purpose', hold ->> 'purposeId', hold ->> 'turn'), 'spends', true, 'purpose', hold ->> 'purpose',
    'legs', jsonb_build_array(
      jsonb_build_object('account', hold ->> 'account', 'pot', hold ->> 'pot', 'amount', -(hold ->> 'amount')::bigint),
      jsonb_build_object('account', hold ->> 'account', 'pot', (hold ->> 'pot') || '_held', 'amount', (hold ->> 'amount')::bigint))));
  IF posted ->> 'outcome' = 'posted' THEN
    INSERT INTO holds (id, account_id, pot, amount, purpose, purpose_id, turn, transfer_id, expires_at)
    VALUES (hold ->> 'id', hold ->> 'account', hold ->> 'pot', (hold ->> 'amount')::bigint, hold ->> 'purpose', hold ->> 'purposeId',
      (hold ->> 'turn')::integer, p ->> 'id', clock_timestamp() + make_interval(secs => (hold ->> 'lastsSeconds')::double precision));
  END IF;
  SELECT * INTO STRICT found_hold FROM holds WHERE transfer_id = posted ->> 'transferId';
  RETURN posted || jsonb_build_object('holdId', found_hold.id, 'state', found_hold.state);
END
$$;
--> statement-breakpoint
-- Closes a hold: what was used of it goes where the legs say, the rest goes back to its lots. Closing it again changes nothing.
CREATE FUNCTION close_hold(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  used constant bigint := (p ->> 'used')::bigint;
  hold holds;
  posted jsonb;
  legs jsonb := coalesce(p -> 'legs', '[]');
BEGIN
  SELECT * INTO hold FROM holds WHERE id = p ->> 'holdId' AND account_id = p ->> 'account' FOR UPDATE;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'missing'); END IF;
  IF hold.state <> 'open' THEN
    RETURN jsonb_build_object('outcome', 'already', 'transferId', hold.closed_by, 'state', hold.state, 'used', hold.settled, 'balances', '{}'::jsonb);
  END IF;
  IF used > hold.amount THEN
    RAISE EXCEPTION 'more is used than % holds', hold.id USING ERRCODE = 'PL409';
  END IF;

  legs := legs || jsonb_build_object('account', hold.account_id, 'pot', hold.pot || '_held', 'amount', -hold.amount);
  IF used < hold.amount THEN
    legs := legs || jsonb_build_object('account', hold.account_id, 'pot', hold.pot, 'amount', hold.amount - used, 'back', hold.transfer_id);
  END IF;
  posted := post_transfer(p - 'holdId' - 'account' - 'used' - 'state' || jsonb_build_object(
    'cause', concat_ws(':', 'hold', hold.id, 'closed'), 'legs', legs)
    || CASE WHEN used > 0 THEN jsonb_build_object('settles', hold.transfer_id) ELSE '{}' END);
  UPDATE holds SET state = p ->> 'state', settled = used, closed_by = posted ->> 'transferId' WHERE id = hold.id;
  RETURN posted || jsonb_build_object('state', p ->> 'state', 'used', used);
END
$$;
--> statement-breakpoint
-- Undoes a transfer by one the other way. What it took from lots goes back to them; lots that it brought are taken back whole.
CREATE FUNCTION reverse_transfer(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  undone transfers;
  legs jsonb;
BEGIN
  SELECT * INTO undone FROM transfers WHERE id = p ->> 'reverses';
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'missing'); END IF;
  SELECT jsonb_agg(jsonb_build_object('account', e.account_id, 'pot', e.pot, 'amount', -e.amount) || CASE
      WHEN e.pot NOT IN ('wallet', 'credits') THEN '{}'
      WHEN e.amount < 0 THEN jsonb_build_object('back', undone.id)
      ELSE jsonb_build_object('lots', coalesce((
        SELECT jsonb_agg(jsonb_build_object('id', lots.id, 'amount', lots.amount)) FROM lots WHERE lots.transfer_id = undone.id AND lots.pot = e.pot), '[]'))
    END ORDER BY e.leg) INTO legs
  FROM (
    SELECT min(leg) AS leg, account_id, pot, sum(amount)::bigint AS amount FROM entries
    WHERE transfer_id = undone.id AND (undone.recognises IS NULL OR pot NOT IN ('deferred', undone.recognises))
    GROUP BY account_id, pot HAVING sum(amount) <> 0) e;
  RETURN post_transfer(p || jsonb_build_object('legs', legs)
    || CASE WHEN undone.recognises IS NULL THEN '{}' ELSE jsonb_build_object('recognises', undone.recognises) END);
END
$$;
--> statement-breakpoint
-- All that a transfer says, in one digest: whoever alters a word of it alters this.
CREATE FUNCTION transfer_digest(t transfers) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(
    t.id, t.cause, t.kind, t.reverses_id, t.actor_kind, t.actor_id, t.request_id, t.detail, t.recognises, t.asked,
    extract(epoch FROM t.effective_at), extract(epoch FROM t.booked_at),
    (SELECT jsonb_agg(jsonb_build_array(e.leg, e.account_id, e.pot, e.asset, e.amount, e.balance_after, e.pot_version) ORDER BY e.leg) FROM entries e WHERE e.transfer_id = t.id),
    (SELECT jsonb_agg(jsonb_build_array(a.turn, a.lot_id, a.amount, a.returns_id) ORDER BY a.turn) FROM allocations a WHERE a.transfer_id = t.id)
  )::text, 'UTF8')), 'hex')
$$;
--> statement-breakpoint
-- Links transfers that are in no chain yet to its end. One writer at a time; the others answer that they were not it.
CREATE FUNCTION link_transfers(most integer, since timestamptz) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  last links;
  t transfers;
  digest text;
  linked integer := 0;
BEGIN
  IF NOT pg_try_advisory_xact_lock(727281) THEN RETURN -1; END IF;
  SELECT * INTO last FROM links ORDER BY position DESC LIMIT 1;
  last.position := coalesce(last.position, 0);
  last.hash := coalesce(last.hash, repeat('0', 64));
  FOR t IN
    SELECT transfers.* FROM transfers WHERE booked_at >= since AND NOT EXISTS (SELECT FROM links WHERE links.transfer_id = transfers.id)
    ORDER BY booked_at, id LIMIT most
  LOOP
    digest := transfer_digest(t);
    last.position := last.position + 1;
    last.hash := encode(sha256(convert_to(last.hash || digest, 'UTF8')), 'hex');
    INSERT INTO links (position, transfer_id, digest, hash) VALUES (last.position, t.id, digest, last.hash);
    linked := linked + 1;
  END LOOP;
  RETURN linked;
END
$$;
--> statement-breakpoint
CREATE TRIGGER transfers_only_grow BEFORE UPDATE OR DELETE ON "transfers" FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER entries_only_grow BEFORE UPDATE OR DELETE ON "entries" FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER allocations_only_grow BEFORE UPDATE OR DELETE ON "allocations" FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER links_only_grow BEFORE UPDATE OR DELETE ON "links" FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER transfers_stay BEFORE TRUNCATE ON "transfers" EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER entries_stay BEFORE TRUNCATE ON "entries" EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER allocations_stay BEFORE TRUNCATE ON "allocations" EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER links_stay BEFORE TRUNCATE ON "links" EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- Not even the owner. `transfers` keeps UPDATE, which its foreign keys need in order to lock; the trigger stands before it.
REVOKE DELETE, TRUNCATE ON "transfers" FROM PUBLIC, CURRENT_USER;
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON "entries", "allocations", "links" FROM PUBLIC, CURRENT_USER;
