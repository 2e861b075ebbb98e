// Request headers by which Next's own browser code and Next's own servers talk to each other. No page of ours sends one, and a
// stranger who does gets another answer at the same address, which a shared cache would then show to everybody.

const NEXTS_OWN =
  /^(?:rsc$|next-|x-next|x-middleware-|x-invoke-|x-matched-path$|x-now-|x-prerender-|x-action-|x-vercel-|purpose$|sec-purpose$|x-purpose$|x-moz$)/;

/** Changes the headers in place: Next reads them from the same object. */
export function removeNextHeaders(headers: Record<string, unknown>): void {
  for (const name in headers) if (NEXTS_OWN.test(name)) delete headers[name];
}
