// A token for a gift form that stands on a prerendered page, asked for by its script when a reader touches the form.
import { currentTime } from "@/systems/clock";
import { newFormToken } from "@/systems/giving/form-token";

export const dynamic = "force-dynamic";

export function GET(): Response {
  return new Response(newFormToken(currentTime()), {
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
}
