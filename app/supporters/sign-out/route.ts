import { cookies } from "next/headers";
import { sessionCookieSettings } from "@/systems/auth/session";
import { endOwnSession } from "@/systems/auth/signed-in-user";
import { env } from "@/systems/env";
import { seeOther, withSameOriginForm } from "@/systems/same-origin-form";

/**
 * The data that the browser deletes at sign-out, by OUTLET_RISK. "cache" can contain private pages for the back button.
 * "storage" contains when the banner was shown, which can reveal a gift on this device. Without this data the banner
 * can appear again.
 */
const CLEARED = { standard: '"cache", "cookies"', high: '"cache", "cookies", "storage"' };

export const POST = withSameOriginForm("/supporters", async () => {
  await endOwnSession();
  const { name, options } = sessionCookieSettings();
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
  return seeOther("/", { "Clear-Site-Data": CLEARED[env().OUTLET_RISK] });
});
