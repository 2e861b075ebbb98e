// Ends the session on the server and deletes its cookie. Without a session it does nothing.
import { cookies } from "next/headers";
import { sessionCookie } from "@/systems/auth/session";
import { endOwnSession } from "@/systems/auth/viewer";
import { seeOther, withOwnForm } from "@/systems/same-origin-form";

export const POST = withOwnForm("/supporters", async () => {
  await endOwnSession();
  const { name, options } = sessionCookie();
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
  return seeOther("/");
});
