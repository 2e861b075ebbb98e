// Checks no access rights: every page checks its own.
import type { ReactNode } from "react";
import { NewsroomNav } from "@/components/newsroom/newsroom-nav";
import { sectionTitle } from "@/components/newsroom/newsroom-page";
import { translator } from "@/content/messages";
import { listSectionsFor } from "@/domain/newsroom/staff/sections";
import { findSignedInUser, hasPassedSecondFactor } from "@/systems/auth/signed-in-user";

export default async function NewsroomLayout({ children }: { children: ReactNode }) {
  const viewer = await findSignedInUser();
  if (!viewer?.colleague) return children;
  const { colleague, locale } = viewer;
  return (
    <div className="page newsroom-area">
      {hasPassedSecondFactor({ ...viewer, colleague }) ? (
        <NewsroomNav label={translator(locale)("newsroom.nav")} sections={sectionsOf(locale, colleague.role)} />
      ) : null}
      {children}
    </div>
  );
}

function sectionsOf(locale: string, role: Parameters<typeof listSectionsFor>[0]) {
  const t = translator(locale);
  const sections = listSectionsFor(role).map(({ path, name }) => ({ path, title: sectionTitle(t, name) }));
  return [...sections, { path: "/newsroom/account", title: t("staff.account.link") }];
}
