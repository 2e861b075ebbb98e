import "server-only";

export function idOf(reference: string | { id: string } | null | undefined): string | null {
  return typeof reference === "string" ? reference : (reference?.id ?? null);
}

export function dateFromUnix(seconds: number): Date {
  return new Date(seconds * 1000);
}
