// Signing out ends the session at the server and takes the cookie back; without a session it does nothing.
import { cookies } from "next/headers";
import { sessionCookie } from "@/systems/auth/session";
import { endOwnSession } from "@/systems/auth/viewer";
import { orTryAgain, readSameOriginForm, seeOther } from "@/systems/same-origin-form";

export async function POST(request: Request): Promise<Response> {
  const form = await readSameOriginForm(request);
  if (form instanceof Response) return form;
  return orTryAgain("/supporters", async () => {
    await endOwnSession();
    const { name, options } = sessionCookie();
    (await cookies()).set(name, "", { ...options, maxAge: 0 });
    return seeOther("/");
  });
}
