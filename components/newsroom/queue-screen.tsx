import { Notice } from "@/components/ui/notice";
import { translator } from "@/content/messages";
import { countWaitingTasks, type ItemsAwaitingStaff, loadedTaskProgressOrEmpty } from "@/domain/newsroom/attention";
import type { DecidedDisputeList } from "@/domain/newsroom/disputes";
import type { OnPageSectionFailure, PageSectionLoadResult } from "@/domain/newsroom/page-section";
import { listRecentlyFinishedTasks } from "@/domain/newsroom/task-progress";
import { AttentionItems } from "./attention-items";
import { NewsroomPage } from "./newsroom-page";
import { DecidedDisputes } from "./queue/decided-disputes";
import { RecentlyFinishedTasks } from "./queue/recently-finished-tasks";
import type { StaffTaskBarContext } from "./queue/staff-task-bar";
import { createPageSectionRenderer } from "./render-page-section";
import { type DeadLetterReplayCounts, ReplayResultNotice } from "./replay-result";

type QueueScreenProps = Pick<StaffTaskBarContext, "ownId" | "nameOf" | "timeZone"> & {
  locale: string;
  attention: ItemsAwaitingStaff;
  now: Date;
  replayed: DeadLetterReplayCounts | null;
  decided: PageSectionLoadResult<DecidedDisputeList>;
  /** True if the form about a task was refused because another colleague changed the task after the page was loaded. */
  wasChangedMeanwhile: boolean;
  /** Encrypts the hash of an e-mail address. The result is the value of a hidden form field. */
  sealEmailHash: (emailHash: string) => string;
  onFailure: OnPageSectionFailure;
};

export function StaffTaskQueueScreen({ locale, ownId, nameOf, timeZone, attention, now, ...props }: QueueScreenProps) {
  const t = translator(locale);
  const taskProgress = loadedTaskProgressOrEmpty(attention.taskProgress);
  const context = { t, ownId, nameOf, timeZone, taskProgress };
  const renderPart = createPageSectionRenderer({ t, onFailure: props.onFailure });
  return (
    <NewsroomPage locale={locale} section="queue" now={now} timeZone={timeZone}>
      <ReplayResultNotice t={t} result={props.replayed} />
      {props.wasChangedMeanwhile ? <Notice kind="bad" title={t("work.meanwhile")} /> : null}
      {countWaitingTasks(attention) === 0 ? <p className="newsroom-empty">{t("newsroom.queue.empty")}</p> : null}
      <AttentionItems
        context={context}
        attention={attention}
        now={now}
        sealEmailHash={props.sealEmailHash}
        renderPart={renderPart}
      />
      {renderPart({ name: "work", title: t("work.done-title") }, attention.taskProgress, (value) => (
        <RecentlyFinishedTasks context={context} done={listRecentlyFinishedTasks(value, now)} />
      ))}
      {renderPart({ name: "decided-disputes", title: t("dispute.decided.title") }, props.decided, (value) => (
        <DecidedDisputes t={t} decided={value} />
      ))}
    </NewsroomPage>
  );
}
