// For monitoring: does the site run, and can the ledger be read and written? Says nothing else to anyone.
import { isLedgerWell } from "@/systems/health";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const ok = await isLedgerWell();
  return Response.json({ ok }, { status: ok ? 200 : 503, headers: { "Cache-Control": "no-store" } });
}
