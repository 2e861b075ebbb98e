// Serves webhooks with Stripe's sync engine: `node lab/bench/webhooks/sync-engine.mjs FOLDER DATABASE SECRET PORT`. Its
// settings forbid requests to Stripe, so it only stores the object of each event. Despite these settings, the engine
// would request a Checkout session's line items from Stripe, so the function that does this is replaced.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";

const [folder = "", databaseUrl = "", stripeWebhookSecret = "", port = ""] = process.argv.slice(2);
const { runMigrations, StripeSync } = createRequire(join(folder, "package.json"))("@supabase/stripe-sync-engine");

await runMigrations({ databaseUrl, schema: "stripe" });
const sync = new StripeSync({
  poolConfig: { connectionString: databaseUrl, max: 10 },
  stripeSecretKey: "sk_test_bench",
  stripeWebhookSecret,
  backfillRelatedEntities: false,
  autoExpandLists: false,
});

sync.stripe.checkout.sessions.listLineItems = () => [];

createServer(async (request, response) => {
  if (request.method === "GET") return response.end("ready");
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  try {
    await sync.processWebhook(Buffer.concat(chunks), request.headers["stripe-signature"]);
    response.writeHead(200).end("{}");
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    response.writeHead(500).end("{}");
  }
}).listen(Number(port), "127.0.0.1");
