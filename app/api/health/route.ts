import { checkLedgerHealth } from "@/systems/health";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const ok = await checkLedgerHealth();
  return Response.json({ ok }, { status: ok ? 200 : 503, headers: { "Cache-Control": "no-store" } });
}
