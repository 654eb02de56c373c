-- What each pot may hold, in a function: a check with a list of names is read anew by every statement that writes a row.
CREATE FUNCTION is_account_pot(kind text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN kind IN ('wallet', 'wallet_held', 'wallet_owed', 'credits', 'credits_held', 'credits_owed', 'earnings_pending', 'earnings', 'earnings_owed');
END
$$;
--> statement-breakpoint
-- Whether an entry's asset, owner, balance and amount are those of its pot. Cash moves in whole cents.
CREATE FUNCTION entry_fits(account text, pot text, asset text, amount bigint, after bigint, version integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF is_account_pot(pot) THEN
    RETURN asset = pot_asset(pot) AND num_nulls(account, after, version) = 0;
  END IF;
  RETURN asset = pot_asset(pot) AND num_nonnulls(account, after, version) = 0 AND CASE
    WHEN pot IN ('stripe', 'disputed') THEN amount % 10000 = 0
    ELSE pot IN ('deferred', 'income_credits', 'income_commission', 'income_breakage', 'cost_fees', 'cost_promotions', 'cost_disputes',
      'issued_paid', 'issued_bonus', 'issued_promotional', 'burned', 'expired') END;
END
$$;
--> statement-breakpoint
CREATE TABLE "books_runs" (
	"id" text PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone NOT NULL,
	"violations" integer NOT NULL,
	"results" jsonb NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "entries" DROP CONSTRAINT "entries_asset";--> statement-breakpoint
ALTER TABLE "entries" DROP CONSTRAINT "entries_owner";--> statement-breakpoint
ALTER TABLE "entries" DROP CONSTRAINT "entries_cash_in_whole_cents";--> statement-breakpoint
ALTER TABLE "pots" DROP CONSTRAINT "pots_never_below_zero";--> statement-breakpoint
ALTER TABLE "pots" DROP CONSTRAINT "pots_kind";--> statement-breakpoint
DROP INDEX "lots_live";--> statement-breakpoint
DROP INDEX "lots_expiry";--> statement-breakpoint
ALTER TABLE "allocations" ALTER COLUMN "turn" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "lots" ADD COLUMN "live" boolean GENERATED ALWAYS AS (remaining > 0) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "books_runs_started" ON "books_runs" USING btree ("started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "holds_transfer" ON "holds" USING btree ("transfer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "holds_closed_by" ON "holds" USING btree ("closed_by") WHERE "holds"."closed_by" is not null;--> statement-breakpoint
CREATE INDEX "lots_live" ON "lots" USING btree ("account_id","pot","priority",array_position(ARRAY['promotional', 'bonus', 'paid'], "kind"),"expires_at","effective_at","id") WHERE "lots"."live";--> statement-breakpoint
CREATE INDEX "lots_expiry" ON "lots" USING btree ("expires_at") WHERE "lots"."live" and "lots"."expires_at" is not null;--> statement-breakpoint
ALTER TABLE "entries" ADD CONSTRAINT "entries_fit" CHECK (entry_fits("entries"."account_id", "entries"."pot", "entries"."asset", "entries"."amount", "entries"."balance_after", "entries"."pot_version"));--> statement-breakpoint
ALTER TABLE "pots" ADD CONSTRAINT "pots_balance" CHECK ("pots"."balance" between 0 and 9007199254740991);--> statement-breakpoint
ALTER TABLE "pots" ADD CONSTRAINT "pots_kind" CHECK (is_account_pot("pots"."kind"));
--> statement-breakpoint
-- Room beside each row for its next version, so that a busy pot or lot stays on its page.
ALTER TABLE "pots" SET (fillfactor = 50);
--> statement-breakpoint
ALTER TABLE "lots" SET (fillfactor = 70);
--> statement-breakpoint
DROP FUNCTION change_pot(text, text, bigint, boolean);
--> statement-breakpoint
DROP FUNCTION change_lot(text, text, bigint, boolean, text);
--> statement-breakpoint
DROP FUNCTION take_from_lots(text, jsonb, timestamptz, text, boolean);
--> statement-breakpoint
DROP FUNCTION give_back_to_lots(text, jsonb, timestamptz);
--> statement-breakpoint
DROP FUNCTION add_lot(text, jsonb, timestamptz);
--> statement-breakpoint
CREATE TYPE leg AS (account text, pot text, amount bigint, lot jsonb, back text, lots jsonb);
--> statement-breakpoint
-- Puts one change into one pot where the one quick statement of `post_transfer` could not: the pot is new, or it refuses.
CREATE FUNCTION open_pot(account text, pot text, change bigint, spends boolean, OUT after bigint, OUT at_version integer) LANGUAGE plpgsql AS $$
DECLARE
  found_pot pots;
BEGIN
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
-- Takes an amount out of a pot's lots: the named ones, or what is used up first. The pot is locked, so its lots are too.
-- Answers by how much the price of what is gone has grown, and the turn of the next allocation.
CREATE FUNCTION take_from_lots(transfer text, part leg, at timestamptz, purpose text, is_held boolean, INOUT turn integer, OUT price bigint) LANGUAGE plpgsql AS $$
DECLARE
  missing bigint := -part.amount;
  taken bigint;
  changed lots;
  lot record;
BEGIN
  price := 0;
  FOR lot IN
    SELECT lots.id, least(lots.remaining, coalesce(named.amount, lots.remaining)) AS usable
    FROM lots LEFT JOIN jsonb_to_recordset(part.lots) AS named(id text, amount bigint) ON named.id = lots.id
    WHERE lots.account_id = part.account AND lots.pot = part.pot AND lots.live
      AND CASE WHEN part.lots IS NOT NULL THEN named.id IS NOT NULL
        ELSE (lots.expires_at IS NULL OR lots.expires_at > at) AND (lots.uses IS NULL OR purpose = ANY (lots.uses)) END
    ORDER BY lots.priority, array_position(ARRAY['promotional', 'bonus', 'paid'], lots.kind), lots.expires_at NULLS LAST, lots.effective_at, lots.id
  LOOP
    taken := least(missing, lot.usable);
    CONTINUE WHEN taken <= 0;
    UPDATE lots SET remaining = remaining - taken, gone = gone + CASE WHEN is_held THEN 0 ELSE taken END WHERE id = lot.id RETURNING * INTO changed;
    INSERT INTO allocations (transfer_id, turn, lot_id, amount) VALUES (transfer, take_from_lots.turn, lot.id, -taken);
    IF NOT is_held THEN price := price + price_of_gone(changed, changed.gone) - price_of_gone(changed, changed.gone - taken); END IF;
    turn := turn + 1;
    missing := missing - taken;
    EXIT WHEN missing = 0;
  END LOOP;
  IF missing > 0 THEN PERFORM refuse_short(part.pot, -part.amount, -part.amount - missing); END IF;
END
$$;
--> statement-breakpoint
-- Gives an amount back to the lots that an earlier transfer took it from, the last taken first, as it was written down then.
-- What ran out meanwhile lives for three more days.
CREATE FUNCTION give_back_to_lots(transfer text, part leg, at timestamptz, is_held boolean, INOUT turn integer, OUT price bigint) LANGUAGE plpgsql AS $$
DECLARE
  missing bigint := part.amount;
  returned bigint;
  changed lots;
  lot record;
BEGIN
  price := 0;
  IF NOT is_held AND EXISTS (SELECT FROM holds WHERE transfer_id = part.back AND state = 'open') THEN
    RAISE EXCEPTION 'what % set aside is still held', part.back USING ERRCODE = 'PL411';
  END IF;
  FOR lot IN
    SELECT a.lot_id AS id, -sum(a.amount)::bigint AS open FROM allocations a JOIN lots ON lots.id = a.lot_id
    WHERE (a.transfer_id = part.back AND a.amount < 0 OR a.returns_id = part.back) AND lots.account_id = part.account AND lots.pot = part.pot
    GROUP BY a.lot_id HAVING sum(a.amount) < 0 ORDER BY max(a.turn) FILTER (WHERE a.amount < 0) DESC
  LOOP
    returned := least(missing, lot.open);
    UPDATE lots SET remaining = remaining + returned, gone = gone - CASE WHEN is_held THEN 0 ELSE returned END,
        expires_at = CASE WHEN expires_at <= at THEN at + interval '72 hours' ELSE expires_at END
      WHERE id = lot.id RETURNING * INTO changed;
    INSERT INTO allocations (transfer_id, turn, lot_id, amount, returns_id) VALUES (transfer, give_back_to_lots.turn, lot.id, returned, part.back);
    IF NOT is_held THEN price := price + price_of_gone(changed, changed.gone) - price_of_gone(changed, changed.gone + returned); END IF;
    turn := turn + 1;
    missing := missing - returned;
    EXIT WHEN missing = 0;
  END LOOP;
  IF missing > 0 THEN
    RAISE EXCEPTION 'of what % took that much is not left to give back', part.back USING ERRCODE = 'PL410';
  END IF;
END
$$;
--> statement-breakpoint
-- What a settled hold used is gone for good now, and its price with it. The pot of its lots is locked.
CREATE OR REPLACE FUNCTION burn_held_lots(reserved_by text) RETURNS bigint LANGUAGE sql AS $$
  WITH used AS (
    SELECT lot_id, -sum(amount)::bigint AS amount FROM allocations
    WHERE transfer_id = reserved_by OR returns_id = reserved_by GROUP BY lot_id HAVING sum(amount) < 0),
  burnt AS (
    UPDATE lots SET gone = gone + used.amount FROM used WHERE lots.id = used.lot_id
    RETURNING price_of_gone(lots, lots.gone) - price_of_gone(lots, lots.gone - used.amount) AS price)
  SELECT coalesce(sum(price), 0)::bigint FROM burnt
$$;
--> statement-breakpoint
CREATE FUNCTION add_lot(transfer text, part leg, at timestamptz, turn integer) RETURNS void LANGUAGE sql AS $$
  -- A transfer's lots have its own id but for the last letter, so that asking again names the same ones.
  INSERT INTO lots (id, account_id, pot, kind, transfer_id, amount, remaining, price, priority, uses, effective_at, expires_at)
  VALUES (
    'lot_' || left(substr(transfer, 10), 25) || substr('0123456789abcdefghjkmnpqrstvwxyz', turn, 1),
    part.account, part.pot, part.lot ->> 'kind', transfer, part.amount, part.amount,
    coalesce((part.lot ->> 'price')::bigint, 0), coalesce((part.lot ->> 'priority')::smallint, 50),
    CASE WHEN jsonb_typeof(part.lot -> 'uses') = 'array' THEN ARRAY(SELECT jsonb_array_elements_text(part.lot -> 'uses')) END,
    at, (part.lot ->> 'expiresAt')::timestamptz)
$$;
--> statement-breakpoint
-- The one door for value: writes a transfer with its entries, moves the balances and the lots, or refuses all of it.
-- The same cause again answers what it did the first time and changes nothing. A leg of nothing only locks its pot.
CREATE OR REPLACE FUNCTION post_transfer(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  id constant text := p ->> 'id';
  at constant timestamptz := (p ->> 'at')::timestamptz;
  spends constant boolean := coalesce((p ->> 'spends')::boolean, false);
  purpose constant text := p ->> 'purpose';
  legs leg[];
  asked_for text;
  earlier transfers;
  part leg;
  pot record;
  change bigint;
  after bigint;
  at_version integer;
  balances jsonb := '{}';
  held jsonb := '{}';
  usd bigint := 0;
  credit bigint := 0;
  price bigint := 0;
  lot_price bigint;
  turn integer := 1;
  lots_added integer := 0;
BEGIN
  SELECT array_agg(ROW(l.account, l.pot, l.amount, l.lot, l.back, l.lots)::leg ORDER BY l.place),
      encode(sha256(convert_to(string_agg(concat_ws(' ', l.account, l.pot, l.amount), ';' ORDER BY l.account, l.pot, l.amount) || (p ->> 'kind'), 'UTF8')), 'hex')
    INTO legs, asked_for
    FROM jsonb_populate_recordset(NULL::leg, p -> 'legs') WITH ORDINALITY AS l(account, pot, amount, lot, back, lots, place);

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
      SELECT coalesce(jsonb_object_agg(account_id || ' ' || entries.pot, jsonb_build_array(balance_after, pot_version)), '{}')
      FROM entries WHERE transfer_id = earlier.id AND account_id IS NOT NULL));
  END IF;

  -- Always in the same order, so that no two transfers ever wait for each other in a circle.
  FOR pot IN
    SELECT l.account, l.pot AS kind, sum(l.amount)::bigint AS amount, bool_or(l.amount <> 0) AS moves FROM unnest(legs) l
    WHERE l.account IS NOT NULL GROUP BY l.account, l.pot ORDER BY l.account, l.pot
  LOOP
    IF NOT pot.moves THEN
      PERFORM FROM pots WHERE account_id = pot.account AND kind = pot.kind FOR NO KEY UPDATE;
      CONTINUE;
    END IF;
    change := CASE WHEN pot.kind LIKE '%\_owed' THEN -pot.amount ELSE pot.amount END;
    UPDATE pots SET balance = balance + change, version = version + 1
      WHERE account_id = pot.account AND kind = pot.kind AND balance + change >= 0 AND (change >= 0 OR NOT spends OR frozen_at IS NULL)
      RETURNING balance, version INTO after, at_version;
    IF NOT FOUND THEN SELECT * INTO after, at_version FROM open_pot(pot.account, pot.kind, change, spends); END IF;
    balances := balances || jsonb_build_object(pot.account || ' ' || pot.kind, jsonb_build_array(after, at_version));
    IF pot.kind LIKE '%\_held' THEN held := held || jsonb_build_object(pot.account || ' ' || left(pot.kind, -5), change); END IF;
  END LOOP;

  FOREACH part IN ARRAY legs LOOP
    IF pot_asset(part.pot) = 'usd' THEN usd := usd + part.amount; ELSE credit := credit + part.amount; END IF;
    CONTINUE WHEN part.amount = 0 OR part.pot NOT IN ('wallet', 'credits');
    change := coalesce((held ->> (part.account || ' ' || part.pot))::bigint, 0);
    IF part.amount < 0 THEN
      SELECT * INTO turn, lot_price FROM take_from_lots(id, part, at, purpose, change > 0, turn);
    ELSIF part.back IS NOT NULL THEN
      SELECT * INTO turn, lot_price FROM give_back_to_lots(id, part, at, change < 0, turn);
    ELSIF part.lot IS NOT NULL THEN
      lots_added := lots_added + 1;
      lot_price := 0;
      PERFORM add_lot(id, part, at, lots_added);
    ELSE
      RAISE EXCEPTION 'what comes into a % comes in a lot', part.pot USING ERRCODE = 'PL409';
    END IF;
    price := price + lot_price;
  END LOOP;
  IF p ? 'settles' THEN price := price + burn_held_lots(p ->> 'settles'); END IF;

  -- What was paid for the credits that are gone leaves `deferred`; what the other legs leave of it goes where the caller said.
  IF p ? 'recognises' THEN
    IF price <> 0 THEN legs := legs || ROW(NULL, 'deferred', -price, NULL, NULL, NULL)::leg; END IF;
    IF price <> usd THEN legs := legs || ROW(NULL, p ->> 'recognises', price - usd, NULL, NULL, NULL)::leg; END IF;
  ELSIF price <> 0 THEN
    RAISE EXCEPTION 'nobody said where the price of these credits goes' USING ERRCODE = 'PL409';
  END IF;
  IF credit <> 0 OR usd <> 0 AND NOT p ? 'recognises' THEN
    RAISE EXCEPTION 'the legs of % do not sum to zero', p ->> 'cause' USING ERRCODE = 'PL409';
  END IF;
  INSERT INTO entries (transfer_id, leg, account_id, pot, asset, amount, balance_after, pot_version)
    SELECT id, l.leg, l.account, l.pot, pot_asset(l.pot), l.amount,
      (balances -> (l.account || ' ' || l.pot) ->> 0)::bigint, (balances -> (l.account || ' ' || l.pot) ->> 1)::integer
    FROM unnest(legs) WITH ORDINALITY AS l(account, pot, amount, lot, back, lots, leg) WHERE l.amount <> 0;
  RETURN jsonb_build_object('outcome', 'posted', 'transferId', id, 'balances', balances);
END
$$;
--> statement-breakpoint
-- The lots of one pot that a transfer brought or gave something back to, with how much.
CREATE FUNCTION lots_that_gained(transfer text, account text, pot text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('id', gained.id, 'amount', gained.amount)), '[]') FROM (
    SELECT l.id, l.amount FROM lots l WHERE l.transfer_id = transfer AND l.account_id = account AND l.pot = lots_that_gained.pot
    UNION ALL
    SELECT l.id, a.amount FROM allocations a JOIN lots l ON l.id = a.lot_id
    WHERE a.transfer_id = transfer AND a.amount > 0 AND l.account_id = account AND l.pot = lots_that_gained.pot) gained
$$;
--> statement-breakpoint
-- Closes a hold: what was used of it goes where the legs say, the rest goes back to its lots. Closing it again changes nothing.
CREATE OR REPLACE FUNCTION close_hold(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  used constant bigint := (p ->> 'used')::bigint;
  hold holds;
  posted jsonb;
BEGIN
  SELECT * INTO hold FROM holds WHERE id = p ->> 'holdId' AND account_id = p ->> 'account' FOR UPDATE;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'missing'); END IF;
  IF hold.state <> 'open' THEN
    RETURN jsonb_build_object('outcome', 'already', 'transferId', hold.closed_by, 'state', hold.state, 'used', hold.settled, 'balances', '{}'::jsonb);
  END IF;
  IF used > hold.amount THEN
    RAISE EXCEPTION 'more is used than % holds', hold.id USING ERRCODE = 'PL409';
  END IF;

  -- The leg of what goes back stands even where it is nothing: it locks the pot whose lots are used up.
  posted := post_transfer(p - 'holdId' - 'account' - 'used' - 'state' || jsonb_build_object(
    'cause', concat_ws(':', 'hold', hold.id, 'closed'),
    'legs', coalesce(p -> 'legs', '[]') || jsonb_build_array(
      jsonb_build_object('account', hold.account_id, 'pot', hold.pot || '_held', 'amount', -hold.amount),
      jsonb_build_object('account', hold.account_id, 'pot', hold.pot, 'amount', hold.amount - used, 'back', hold.transfer_id)))
    || CASE WHEN used > 0 THEN jsonb_build_object('settles', hold.transfer_id) ELSE '{}' END);
  UPDATE holds SET state = p ->> 'state', settled = used, closed_by = posted ->> 'transferId' WHERE id = hold.id;
  RETURN posted || jsonb_build_object('state', p ->> 'state', 'used', used);
END
$$;
--> statement-breakpoint
-- Undoes a transfer by one the other way. What it took from lots goes back to them; what it brought into lots is taken back whole.
-- Of a closed hold what was used comes back. A hold that is open is closed, not undone.
CREATE OR REPLACE FUNCTION reverse_transfer(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  undone transfers;
  closed holds;
  recognised text;
  legs jsonb;
BEGIN
  SELECT * INTO undone FROM transfers WHERE id = p ->> 'reverses';
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'missing'); END IF;
  SELECT * INTO closed FROM holds WHERE closed_by = undone.id;
  IF closed.settled = 0 OR EXISTS (SELECT FROM holds WHERE transfer_id = undone.id) THEN
    RAISE EXCEPTION 'transfer % only set something aside, or gave that back', undone.id USING ERRCODE = 'PL411';
  END IF;

  -- The price of lots that came with it is in `deferred`, and leaves it with them.
  recognised := coalesce(undone.recognises, (SELECT 'deferred' FROM lots WHERE transfer_id = undone.id AND price > 0 LIMIT 1));
  SELECT jsonb_agg(jsonb_build_object('account', e.account_id, 'pot', e.pot, 'amount', -e.amount) || CASE
      WHEN e.pot NOT IN ('wallet', 'credits') THEN '{}'
      WHEN e.amount < 0 THEN jsonb_build_object('back', undone.id)
      ELSE jsonb_build_object('lots', lots_that_gained(undone.id, e.account_id, e.pot))
    END ORDER BY e.leg) INTO legs
  FROM (
    SELECT min(leg) AS leg, account_id, pot, sum(amount)::bigint AS amount FROM entries
    WHERE transfer_id = undone.id AND (recognised IS NULL OR pot NOT IN ('deferred', recognised))
      AND (closed.id IS NULL OR account_id IS DISTINCT FROM closed.account_id OR pot NOT IN (closed.pot, closed.pot || '_held'))
    GROUP BY account_id, pot HAVING sum(amount) <> 0) e;
  IF closed.id IS NOT NULL THEN
    legs := legs || jsonb_build_object('account', closed.account_id, 'pot', closed.pot, 'amount', closed.settled, 'back', closed.transfer_id);
  END IF;
  RETURN post_transfer(p || jsonb_build_object('legs', legs)
    || CASE WHEN recognised IS NULL THEN '{}' ELSE jsonb_build_object('recognises', recognised) END);
END
$$;
