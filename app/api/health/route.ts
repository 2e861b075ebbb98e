// For monitoring: 200 if the ledger can be read and written, else 503. Tells nothing else.
import { isLedgerWell } from "@/systems/health";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const ok = await isLedgerWell();
  return Response.json({ ok }, { status: ok ? 200 : 503, headers: { "Cache-Control": "no-store" } });
}
