import type { TransactionSql } from "postgres";
import { thinEvent } from "../events/thin";
import { notThere } from "../http/errors";
import { API_VERSION } from "../version";
import { previousAttributes } from "./changes";
import { dispatch } from "./dispatch";
import { newStripeId } from "./ids";
import type { Kind, Kinds, PrivateOf, Stored, StoredEvent, ThinEvent } from "./kinds";
import type { Reactions } from "./reactions";
import { condition, type Selection } from "./select";

export type Cause = { request: string | null; idempotencyKey: string | null };
type Row = {
  id: string;
  kind: Kind;
  deleted: boolean;
  body: Stored;
  inner_facts: Record<string, unknown>;
  seq: string;
};
type Entry = { row: Row; loaded: string; published: Record<string, unknown>; isOld: boolean };
/** What a space knows of the house it is in. */
export type Surroundings = { reactions: Reactions; origin(): string };
type Opening = Surroundings & { sql: TransactionSql; account: string; root: string; now: number; cause: Cause };

/**
 * One account's objects during one transaction. Objects are read once, changed
 * in place and written together at the end, with the events they caused.
 */
export class Space {
  readonly sql: TransactionSql;
  readonly account: string;
  /** The platform: the account of the key, which a connected account hangs below. */
  readonly root: string;
  readonly cause: Cause;
  readonly react: Reactions;
  /** Where the pages of this server are. */
  readonly origin: () => string;
  /** Unix seconds. A customer on a test clock brings its own. */
  now: number;
  clock: string | null = null;

  readonly #shelf = new Map<string, Entry>();
  readonly #events: StoredEvent[] = [];
  readonly #thin: { event: ThinEvent; to: string | undefined }[] = [];
  readonly #due = new Map<string, { kind: string; ref: string; at: number | null; clock: string | null }>();
  readonly #others = new Map<string, Space>();

  constructor({ sql, account, root, now, cause, reactions, origin }: Opening) {
    this.react = reactions;
    this.origin = origin;
    this.sql = sql;
    this.account = account;
    this.root = root;
    this.now = now;
    this.cause = cause;
  }

  async find<K extends Kind>(kind: K, id: string): Promise<Kinds[K] | undefined> {
    const entry = this.#shelf.get(id) ?? (await this.#load(id));
    if (!entry || entry.row.deleted || entry.row.kind !== kind) return undefined;
    return entry.row.body as Kinds[K]; // the row's kind was compared on the line above
  }

  /** For an id in the path: missing is Stripe's 404. */
  async get<K extends Kind>(kind: K, id: string): Promise<Kinds[K]> {
    const found = await this.find(kind, id);
    if (!found) throw notThere(kind, id);
    return found;
  }

  /** For an id our own rows hold: missing is a fault of this server. */
  async own<K extends Kind>(kind: K, id: string): Promise<Kinds[K]> {
    const found = await this.find(kind, id);
    if (!found) throw new Error(`${kind} ${id} is named by another object and is gone`);
    return found;
  }

  /** Whatever has this id, for expansion. */
  async anything(id: string): Promise<Stored | undefined> {
    const entry = this.#shelf.get(id) ?? (await this.#load(id));
    return entry && !entry.row.deleted ? entry.row.body : undefined;
  }

  async isDeleted(id: string): Promise<boolean> {
    return (this.#shelf.get(id) ?? (await this.#load(id)))?.row.deleted ?? false;
  }

  async select<K extends Kind>(
    kind: K,
    { where = [], order = "newest", limit, after, before }: Selection = {},
  ): Promise<Kinds[K][]> {
    await this.#writeObjects();
    const { sql } = this;
    const filters = where.reduce((all, one) => sql`${all} and ${condition(sql, one)}`, sql``);
    const rows = await sql<Row[]>`
      select id, kind, deleted, body, inner_facts, seq from stripe_local.objects
      where account = ${this.account} and kind = ${kind} and not deleted ${filters}
        ${after === undefined ? sql`` : sql`and seq < ${after}`} ${before === undefined ? sql`` : sql`and seq > ${before}`}
      order by seq ${order === "newest" ? sql`desc` : sql`asc`} ${limit === undefined ? sql`` : sql`limit ${limit}`}`;
    return rows.map((row) => (this.#shelf.get(row.id) ?? this.#keep(row)).row.body as Kinds[K]); // the query asked for this kind
  }

  async positionOf(id: string): Promise<number | undefined> {
    await this.#writeObjects();
    const [row] = await this.sql`select seq from stripe_local.objects where account = ${this.account} and id = ${id}`;
    return row ? Number(row.seq) : undefined;
  }

  add<K extends Kind>(body: Kinds[K] & { id: string; object: K }, inner?: PrivateOf<K>): Kinds[K] {
    const row: Row = { id: body.id, kind: body.object, deleted: false, body, inner_facts: { ...inner }, seq: "0" };
    this.#shelf.set(body.id, { row, loaded: "", published: {}, isOld: false });
    return body;
  }

  /** Whether it was there before this request. */
  wasStored(id: string): boolean {
    return this.#shelf.get(id)?.isOld ?? false;
  }

  remove(object: { id: string }): void {
    const entry = this.#shelf.get(object.id);
    if (entry) entry.row.deleted = true;
  }

  /** What this server remembers about an object and never shows. Change it in place. */
  inner<K extends Kind>(object: { id: string; object: K }): PrivateOf<K> {
    const entry = this.#shelf.get(object.id);
    if (!entry) throw new Error(`${object.id} is not an object of this account`);
    return entry.row.inner_facts as PrivateOf<K>; // only `add` and this method fill it, by kind
  }

  /** Says that something happened to an object, and shows it as it is at this moment. */
  announce(type: string, object: { id?: string } & object, options: { previous?: Record<string, unknown> } = {}): void {
    const snapshot = structuredClone(object) as Record<string, unknown>; // an object of the API is a record of its fields
    const entry = object.id === undefined ? undefined : this.#shelf.get(object.id);
    if (entry) entry.published = snapshot;
    this.#events.push({
      id: newStripeId("evt"),
      object: "event",
      ...(this.account !== this.root && { account: this.account }),
      api_version: API_VERSION,
      created: this.now,
      data: { object: snapshot, ...(options.previous && { previous_attributes: options.previous }) },
      livemode: false,
      pending_webhooks: 0,
      request: { id: this.cause.request, idempotency_key: this.cause.idempotencyKey },
      type,
    });
  }

  /** Says that an object changed, if it did since it was last shown. */
  announceChange(type: string, object: { id: string } & object): void {
    const entry = this.#shelf.get(object.id);
    const previous = previousAttributes(entry?.published ?? {}, object as Record<string, unknown>); // as in `announce`
    if (Object.keys(previous).length > 0) this.announce(type, object, { previous });
  }

  /** How an object was when it was last shown. */
  shown(object: { id: string }): Record<string, unknown> {
    return this.#shelf.get(object.id)?.published ?? {};
  }

  /** Takes an object as shown, when another account was told of it. */
  show(object: { id: string }): void {
    const entry = this.#shelf.get(object.id);
    if (entry) entry.published = structuredClone(object) as Record<string, unknown>; // as in `announce`
  }

  /** An invoice that does not exist yet is announced without an id. */
  announceUpcoming(invoice: Kinds["invoice"]): void {
    this.announce("invoice.upcoming", invoice);
    const event = this.#events.at(-1);
    if (event) delete event.data.object.id;
  }

  /** Says that something happened that an event only names. With `to`, one destination hears it and no other. */
  announceThin(
    type: string,
    facts: { related?: ThinEvent["related_object"]; data?: Record<string, unknown> },
    to?: string,
  ): ThinEvent {
    const context = this.account === this.root ? {} : { context: this.account };
    const event = thinEvent(type, facts, { now: this.now, cause: this.cause, ...context });
    this.#thin.push({ event, to });
    return event;
  }

  /** Whether this was said of an object already, in what is being done now. */
  hasTold(type: string, { id }: { id: string }): boolean {
    return this.#events.some((event) => event.type === type && event.data.object.id === id);
  }

  /** Takes what was announced so far out of the queue, so that a caller can put it in the order Stripe is seen to use. */
  takeEvents(): StoredEvent[] {
    return this.#events.splice(0);
  }

  putEvents(events: StoredEvent[]): void {
    this.#events.push(...events);
  }

  schedule(kind: string, ref: string, at: number): void {
    this.#due.set(`${kind} ${ref}`, { kind, ref, at, clock: this.clock });
  }

  unschedule(kind: string, ref: string): void {
    this.#due.set(`${kind} ${ref}`, { kind, ref, at: null, clock: null });
  }

  /** Moves to the time of the test clock, if there is one. */
  async follow(clock: string | null | undefined): Promise<void> {
    if (!clock || this.clock === clock) return;
    const found = await this.find("test_helpers.test_clock", clock);
    if (!found) return;
    this.clock = clock;
    if (found.status === "ready") this.now = found.frozen_time;
  }

  /** A connected account of the same platform, written together with this one. */
  beside(account: string): Space {
    if (account === this.account) return this;
    const found = this.#others.get(account);
    if (found) return found;
    const other = new Space({
      sql: this.sql,
      account,
      root: this.root,
      now: this.now,
      cause: this.cause,
      reactions: this.react,
      origin: this.origin,
    });
    this.#others.set(account, other);
    return other;
  }

  async flush(): Promise<void> {
    await this.#writeObjects();
    await this.#writeDue();
    await dispatch(this, { events: this.#events.splice(0), thin: this.#thin.splice(0) });
    for (const other of this.#others.values()) await other.flush();
  }

  async #load(id: string): Promise<Entry | undefined> {
    const [row] = await this.sql<Row[]>`
      select id, kind, deleted, body, inner_facts, seq from stripe_local.objects where account = ${this.account} and id = ${id}`;
    return row && this.#keep(row);
  }

  #keep(row: Row): Entry {
    const entry = { row, loaded: fingerprint(row), published: structuredClone(row.body), isOld: true };
    this.#shelf.set(row.id, entry);
    return entry;
  }

  async #writeObjects(): Promise<void> {
    const changed = [...this.#shelf.values()].filter((entry) => entry.loaded !== fingerprint(entry.row));
    if (changed.length === 0) return;
    const { sql } = this;
    const rows = changed.map(({ row }, n) => ({
      ...{ n, id: row.id, kind: row.kind, deleted: row.deleted, body: row.body, inner_facts: row.inner_facts },
      created: "created" in row.body && typeof row.body.created === "number" ? row.body.created : this.now,
    }));
    await sql`
      insert into stripe_local.objects (account, id, kind, created, deleted, body, inner_facts)
      select ${this.account}, r.id, r.kind, r.created, r.deleted, r.body, r.inner_facts
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
        as r(n int, id text, kind text, created bigint, deleted boolean, body jsonb, inner_facts jsonb)
      order by r.n
      on conflict (account, id) do update set deleted = excluded.deleted, body = excluded.body, inner_facts = excluded.inner_facts`;
    for (const entry of changed) entry.loaded = fingerprint(entry.row);
  }

  async #writeDue(): Promise<void> {
    const { sql, account } = this;
    const all = [...this.#due.values()];
    this.#due.clear();
    const gone = all.filter(({ at }) => at === null);
    const wanted = all.filter(({ at }) => at !== null);
    if (gone.length > 0) {
      await sql`
        delete from stripe_local.due d using jsonb_to_recordset(${JSON.stringify(gone)}::text::jsonb) as r(kind text, ref text)
        where d.account = ${account} and d.kind = r.kind and d.ref = r.ref`;
    }
    if (wanted.length > 0) {
      await sql`
        insert into stripe_local.due (account, kind, ref, at, clock)
        select ${account}, r.kind, r.ref, r.at, r.clock
        from jsonb_to_recordset(${JSON.stringify(wanted)}::text::jsonb) as r(kind text, ref text, at bigint, clock text)
        on conflict (account, kind, ref) do update set at = excluded.at, clock = excluded.clock, problem = null`;
    }
  }
}

const fingerprint = (row: Row): string => JSON.stringify([row.deleted, row.body, row.inner_facts]);
