import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInForm } from "@/components/supporters/sign-in-form";
import { Notice } from "@/components/ui/notice";
import { translator } from "@/content/messages";
import { publication } from "@/publication";
import { WINDOW_MINUTES } from "@/systems/auth/link-limits";
import { ownPath } from "@/systems/auth/own-path";
import { findViewer } from "@/systems/auth/viewer";

const t = translator(publication.defaultLanguage);

export const metadata: Metadata = { title: t("signIn.title") };

type Props = { searchParams: Promise<{ next?: string; refused?: string }> };

export default async function SignIn({ searchParams }: Props) {
  const { next: asked, refused } = await searchParams;
  const next = ownPath(asked);
  if (await findViewer()) redirect(next);
  return (
    <div className="page page-narrow sign-in">
      <h1>{t("signIn.title")}</h1>
      <p>{t("signIn.intro")}</p>
      {refused === "often" ? (
        <Notice kind="bad" title={t("signIn.often-title")}>
          <p>{t("signIn.often-text", { minutes: WINDOW_MINUTES })}</p>
        </Notice>
      ) : null}
      <SignInForm locale={t.locale} next={next} isRefused={refused === "email"} />
      <p className="sign-in-note">{t("signIn.which-address")}</p>
    </div>
  );
}
