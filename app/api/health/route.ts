// For whoever watches the site: does it run, and does the ledger answer? Says nothing else to anyone.
import { database } from "@/systems/database";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const ok = await ledgerAnswers();
  return Response.json({ ok }, { status: ok ? 200 : 503, headers: { "Cache-Control": "no-store" } });
}

async function ledgerAnswers(): Promise<boolean> {
  try {
    const db = await database();
    await db.payment.findFirst({ select: { id: true } });
    return true;
  } catch {
    return false;
  }
}
