// Does the least that a durable webhook receiver must do: checks the signature and stores the event's id and type.
import Database from "better-sqlite3";
import Stripe from "stripe";

export const dynamic = "force-dynamic";

/** @type {Database.Statement | undefined} */
let insert;

function preparedInsert() {
  if (insert) return insert;
  const db = new Database(process.env.BENCH_DATABASE);
  db.exec(
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS event (id TEXT PRIMARY KEY, type TEXT)",
  );
  insert = db.prepare("INSERT INTO event (id, type) VALUES (?, ?)");
  return insert;
}

/** @param {Request} request */
export async function POST(request) {
  const raw = Buffer.from(await request.arrayBuffer());
  const signature = request.headers.get("stripe-signature") ?? "";
  const event = Stripe.webhooks.constructEvent(raw, signature, process.env.STRIPE_WEBHOOK_SECRET ?? "");
  preparedInsert().run(event.id, event.type);
  return Response.json({ ok: true });
}
