// Erases the supporter. Once the request is stored, the jobs finish the erasure, whatever breaks here.
import { pathWithLanguage } from "@/domain/languages";
import { publication } from "@/publication";
import { sessionCookie } from "@/systems/auth/session";
import { withSupporter } from "@/systems/auth/with-viewer";
import { currentTime } from "@/systems/clock";
import { database } from "@/systems/database";
import { eraseHere, requestErasure } from "@/systems/erasure";
import { seeOther } from "@/systems/same-origin-form";
import { signNotice } from "@/systems/signed-notice";
import { askStripe } from "@/systems/stripe/ask";
import { wakeJobs } from "@/systems/wake-jobs";

const PAGE = "/supporters/erase";

export const POST = withSupporter(PAGE, async ({ form, viewer: { supporterId, locale } }) => {
  const db = await database();
  const isGoing = form.get("device") === "quiet";
  // A mail that comes later could be seen on the way.
  await requestErasure(db, supporterId, { isSilent: isGoing });
  const outcome = await askStripe(() => eraseHere(db, supporterId), { about: { erasure: "own" } });
  wakeJobs();
  if (outcome === "failed") return seeOther(PAGE);
  const word = isGoing ? "quiet" : "erased";
  const query = new URLSearchParams({ done: word, signature: signNotice(word, currentTime()) });
  // Nobody is signed in any more, so the link says the language.
  const page = pathWithLanguage(`/erased?${query}`, locale, publication);
  const headers = new Headers({ Location: page, "Cache-Control": "no-store" });
  const { name, options } = sessionCookie();
  headers.append(
    "Set-Cookie",
    `${name}=; Path=${options.path}; Max-Age=0; HttpOnly; SameSite=Lax${options.secure ? "; Secure" : ""}`,
  );
  headers.set("Clear-Site-Data", word === "quiet" ? '"cookies", "storage", "cache"' : '"cookies"');
  return new Response(null, { status: 303, headers });
});
