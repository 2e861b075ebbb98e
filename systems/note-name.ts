// The name of the cookie that carries a page's note (note.ts). proxy.ts needs only this.

/** `path`: without a query. One name per page, so that another page's request takes no note away. */
export function noteNameOf(path: string): string {
  return `note${path.replace(/[^A-Za-z0-9_]/g, "-")}`;
}
