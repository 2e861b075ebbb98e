// The newsroom's navigation, on each of its pages. It checks nothing: every page asks for its right itself.
import type { ReactNode } from "react";
import { NewsroomNav } from "@/components/newsroom/newsroom-nav";
import { sectionTitle } from "@/components/newsroom/newsroom-page";
import { translator } from "@/content/messages";
import { listSectionsFor } from "@/domain/newsroom/staff/sections";
import { findViewer } from "@/systems/auth/viewer";

export default async function NewsroomLayout({ children }: { children: ReactNode }) {
  const viewer = await findViewer();
  if (!viewer?.colleague) return children;
  const t = translator(viewer.locale);
  const sections = listSectionsFor(viewer.colleague.role).map(({ path, name }) => ({
    path,
    title: sectionTitle(t, name),
  }));
  return (
    <div className="page newsroom-area">
      <NewsroomNav label={t("newsroom.nav")} sections={sections} />
      {children}
    </div>
  );
}
