import type { AppealForStaff } from "@/domain/appeal/read-appeal";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { type AppealsTranslationContext, formatTimeOnAppealPages } from "./appeals-words";

export function EditLockPanel({ context, appeal }: { context: AppealsTranslationContext; appeal: AppealForStaff }) {
  const { t, names } = context;
  const { lock, state, id } = appeal;
  const action = `/newsroom/appeals/${id}/lock`;
  if (state === "ended") return <p className="newsroom-note">{t("appeals.edit.ended")}</p>;
  if (lock.kind === "free")
    return (
      <form method="post" action={action}>
        <Button name="do" value="start">
          {t("appeals.edit.start")}
        </Button>
      </form>
    );
  const times = {
    since: formatTimeOnAppealPages(context, lock.since),
    until: formatTimeOnAppealPages(context, lock.until),
  };
  if (lock.kind === "own")
    return (
      <form className="appeal-lock" method="post" action={action}>
        <p className="newsroom-note">{t("appeals.edit.own", times)}</p>
        <Button kind="quiet" name="do" value="stop">
          {t("appeals.edit.stop")}
        </Button>
      </form>
    );
  const name = names.get(lock.by) ?? t("appeals.by-unknown");
  return (
    <form className="appeal-fields" method="post" action={action}>
      <p className="newsroom-note">{t("appeals.edit.held", { name, ...times })}</p>
      <Field
        id="note"
        name="note"
        label={t("appeals.edit.note")}
        hint={t("appeals.edit.note-hint")}
        required
        maxLength={200}
        autoComplete="off"
      />
      <Button kind="quiet" name="do" value="take-over">
        {t("appeals.edit.take")}
      </Button>
    </form>
  );
}
