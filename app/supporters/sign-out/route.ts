// Ends the session on the server and deletes its cookie. Without a session it does nothing.
import { cookies } from "next/headers";
import { sessionCookie } from "@/systems/auth/session";
import { endOwnSession } from "@/systems/auth/viewer";
import { env } from "@/systems/env";
import { seeOther, withOwnForm } from "@/systems/same-origin-form";

/**
 * The browser data that signing out clears. The cache may hold private pages for the back button. The storage holds the banner's
 * memory, which can show that somebody gave on this device; it is cleared only under high risk, because without it the banner returns.
 */
const CLEARED = { standard: '"cache", "cookies"', high: '"cache", "cookies", "storage"' };

export const POST = withOwnForm("/supporters", async () => {
  await endOwnSession();
  const { name, options } = sessionCookie();
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
  return seeOther("/", { "Clear-Site-Data": CLEARED[env().OUTLET_RISK] });
});
