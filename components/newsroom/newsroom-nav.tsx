"use client";
// Marks the current section in the navigation and scrolls it into view. It is a client component, because a layout on
// the server does not know the page's URL.
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/** `sections`: the sections that this colleague may open. */
type NewsroomNavProps = { label: string; sections: readonly { path: string; title: string }[] };

export function NewsroomNav({ label, sections }: NewsroomNavProps) {
  const path = usePathname() ?? "";
  const nav = useRef<HTMLElement>(null);
  // Scrolls the current section to the middle of the visible part, because on a phone the navigation is wider than the
  // window.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page has another current section
  useEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>("[aria-current]");
    if (nav.current && current) nav.current.scrollLeft = middleOf(current) - nav.current.clientWidth / 2;
  }, [path]);
  return (
    <nav ref={nav} className="newsroom-nav" aria-label={label}>
      <ul>
        {sections.map(({ path: own, title }) => (
          <li key={own}>
            <a href={own} aria-current={isInSection(own, path) ? (path === own ? "page" : "true") : undefined}>
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function middleOf({ offsetLeft, offsetWidth }: HTMLElement): number {
  return offsetLeft + offsetWidth / 2;
}

/**
 * Maps paths of pages to the paths of their sections. Needed only if a page's path does not begin with its section's
 * path.
 */
const SECTION_OF_PATH: Record<string, string> = {
  "/newsroom/disputes": "/newsroom/queue",
  "/newsroom/gifts": "/newsroom/people",
  "/newsroom/payments": "/newsroom/people",
  "/newsroom/refunds": "/newsroom/people",
};

/**
 * Returns true if the page at `path` belongs to the section. The path of every section begins with `/newsroom`, so the
 * section `/newsroom` contains only the page with exactly this path.
 */
export function isInSection(section: string, path: string): boolean {
  const begins = (parent: string) => path === parent || path.startsWith(`${parent}/`);
  const elsewhere = Object.keys(SECTION_OF_PATH).find(begins);
  if (elsewhere) return section === SECTION_OF_PATH[elsewhere];
  return section === "/newsroom" ? path === section : begins(section);
}
