// Erases the supporter. Once the request is stored, the background jobs finish the erasure even if this route fails.
import { pathWithLanguageParam } from "@/domain/languages";
import { publication } from "@/publication";
import { sessionCookieSettings } from "@/systems/auth/session";
import { withSupporter } from "@/systems/auth/with-signed-in-user";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { endGiftsAndErase, startErasure } from "@/systems/erasure";
import { seeOther } from "@/systems/same-origin-form";
import { signNoticeForUrl } from "@/systems/signed-notice";
import { tryStripeCall } from "@/systems/stripe/ask";
import { runBackgroundJobsSoon } from "@/systems/wake-jobs";

const PAGE = "/supporters/erase";

export const POST = withSupporter(PAGE, async ({ form, viewer: { supporterId, locale } }) => {
  const db = await database();
  const isQuiet = form.get("device") === "quiet";
  // A silent erasure sends no confirmation e-mail, because somebody else could see it.
  await startErasure(db, supporterId, { isSilent: isQuiet });
  const outcome = await tryStripeCall(() => endGiftsAndErase(db, supporterId), { about: { erasure: "own" } });
  runBackgroundJobsSoon();
  if (outcome === "failed") return seeOther(PAGE);
  const outcomeWord = isQuiet ? "quiet" : "erased";
  const query = new URLSearchParams({ done: outcomeWord, signature: signNoticeForUrl(outcomeWord, currentTime()) });
  // The supporter is no longer signed in, so the page takes its language from the URL.
  const page = pathWithLanguageParam(`/erased?${query}`, locale, publication);
  const headers = new Headers({ Location: page, "Cache-Control": "no-store" });
  const { name, options } = sessionCookieSettings();
  headers.append(
    "Set-Cookie",
    `${name}=; Path=${options.path}; Max-Age=0; HttpOnly; SameSite=Lax${options.secure ? "; Secure" : ""}`,
  );
  headers.set("Clear-Site-Data", isQuiet ? '"cookies", "storage", "cache"' : '"cookies"');
  return new Response(null, { status: 303, headers });
});
