// Returns an article that shows the previewed appeal. Only pages of this site can show the response in a frame, because
// proxy.ts sets such a policy.
import { notFound } from "next/navigation";
import { newsroomAppealPath } from "@/systems/appeals/answers";
import { readPreviewChoice, renderPreview } from "@/systems/appeals/render-preview";
import { requireStaff } from "@/systems/auth/signed-in-user";
import { log, redactError } from "@/systems/log";

export const dynamic = "force-dynamic";

const HEADERS = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "private, no-store" };

export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  const { colleague } = await requireStaff("appeals", `${newsroomAppealPath(id)}/preview`);
  const { searchParams, origin } = new URL(request.url);
  const choice = readPreviewChoice((name) => searchParams.get(name));
  try {
    const html = await renderPreview({ id, colleague, origin, ...choice });
    if (html !== null) return new Response(html, { headers: HEADERS });
  } catch (error) {
    log.error({ appeal: id, error: redactError(error) }, "a preview could not be rendered");
    return new Response(null, { status: 503, headers: HEADERS });
  }
  return notFound();
}
