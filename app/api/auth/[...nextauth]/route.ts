// What is left open of next-auth's own doors. Signing in has one way only, /sign-in: its callback, its pages and its
// sender are closed, since they would pass by the button and the limits.
import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/systems/auth/options";
import { database } from "@/systems/database";

type Context = { params: Promise<{ nextauth: string[] }> };

const OPEN = { GET: ["session", "csrf"], POST: ["signout"] };

export async function GET(request: NextRequest, context: Context): Promise<Response> {
  return answer(request, { context, open: OPEN.GET });
}

export async function POST(request: NextRequest, context: Context): Promise<Response> {
  return answer(request, { context, open: OPEN.POST });
}

async function answer(
  request: NextRequest,
  { context, open }: { context: Context; open: string[] },
): Promise<Response> {
  const { nextauth } = await context.params;
  if (nextauth.length !== 1 || !open.includes(nextauth[0] ?? "")) return new Response(null, { status: 404 });
  return NextAuth(request, context, authOptions(await database()));
}
