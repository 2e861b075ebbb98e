import Stripe from "stripe";

export const dynamic = "force-dynamic";

/** @param {Request} request */
export async function POST(request) {
  const raw = Buffer.from(await request.arrayBuffer());
  const signature = request.headers.get("stripe-signature") ?? "";
  Stripe.webhooks.constructEvent(raw, signature, process.env.STRIPE_WEBHOOK_SECRET ?? "");
  return Response.json({ ok: true });
}
