// Returns a new form token. An article is the same for all readers, so its gift form has no token. Its script fetches
// one here (components/browser/gift-form.ts).
import { currentTime } from "@/systems/clock";
import { newFormToken } from "@/systems/giving/form-token";

export const dynamic = "force-dynamic";

export function GET(): Response {
  return new Response(newFormToken(currentTime()), {
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
}
