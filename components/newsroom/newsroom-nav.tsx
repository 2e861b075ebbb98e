"use client";
// The newsroom's navigation. A component of the browser only to mark the current page: a layout does not know its address.
import { usePathname } from "next/navigation";

/** `sections`: those that this colleague may open, in order. */
type NewsroomNavProps = { label: string; sections: readonly { path: string; title: string }[] };

export function NewsroomNav({ label, sections }: NewsroomNavProps) {
  const path = usePathname() ?? "";
  return (
    <nav className="newsroom-nav" aria-label={label}>
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

/** The first page's path is the beginning of all others. */
function isIn(section: string, path: string): boolean {
  return path === section || (section !== "/newsroom" && path.startsWith(`${section}/`));
}
