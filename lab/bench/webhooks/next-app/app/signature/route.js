// The ceiling of a route handler: the signature, and nothing else.
import Stripe from "stripe";

export const dynamic = "force-dynamic";

export async function POST(request) {
  const raw = Buffer.from(await request.arrayBuffer());
  Stripe.webhooks.constructEvent(raw, request.headers.get("stripe-signature"), process.env.STRIPE_WEBHOOK_SECRET);
  return Response.json({ ok: true });
}
