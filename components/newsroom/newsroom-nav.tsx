"use client";
// The newsroom's navigation. A component of the browser only to mark the current page: a layout does not know its address.
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/** `sections`: those that this colleague may open, in order. */
type NewsroomNavProps = { label: string; sections: readonly { path: string; title: string }[] };

export function NewsroomNav({ label, sections }: NewsroomNavProps) {
  const path = usePathname() ?? "";
  const nav = useRef<HTMLElement>(null);
  // On a phone the line is longer than the window: it begins where the current section is.
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
            <a href={own} aria-current={isIn(own, path) ? (path === own ? "page" : "true") : undefined}>
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

/** Pages of a section whose addresses begin elsewhere. */
const ELSEWHERE: Record<string, string> = {
  "/newsroom/disputes": "/newsroom/queue",
  "/newsroom/gifts": "/newsroom/people",
  "/newsroom/payments": "/newsroom/people",
  "/newsroom/refunds": "/newsroom/people",
};

/** The first page's path is the beginning of all others. A page belongs to one section. */
export function isIn(section: string, path: string): boolean {
  const begins = (parent: string) => path === parent || path.startsWith(`${parent}/`);
  const elsewhere = Object.keys(ELSEWHERE).find(begins);
  if (elsewhere) return section === ELSEWHERE[elsewhere];
  return section === "/newsroom" ? path === section : begins(section);
}
