// For monitoring: answers 200 if the database can be read and written, and 503 if it cannot. Reveals nothing else.
import { isLedgerHealthy } from "@/systems/health";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const ok = await isLedgerHealthy();
  return Response.json({ ok }, { status: ok ? 200 : 503, headers: { "Cache-Control": "no-store" } });
}
