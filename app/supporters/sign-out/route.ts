// Signing out takes the cookie back; whoever is not signed in loses nothing by it.
import { cookies } from "next/headers";
import { sessionCookie } from "@/systems/auth/session";
import { readOwnForm, seeOther } from "@/systems/own-form";

export async function POST(request: Request): Promise<Response> {
  const form = await readOwnForm(request);
  if (form instanceof Response) return form;
  const { name, options } = sessionCookie();
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
  return seeOther("/");
}
